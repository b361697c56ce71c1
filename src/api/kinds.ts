/** The kinds that have a schema. */
export const KINDS = [
  'TidbCluster',
  'PDGroup',
  'TiProxyGroup',
  'TiKVGroup',
  'TiDBGroup',
  'TiFlashGroup',
  'TiCDCGroup',
  'ExpandTidbGroups',
  'ValidateTidbGroups',
  'TidbMonitor',
  'Backup',
  'TidbInitializer',
] as const;

export type Kind = (typeof KINDS)[number];
