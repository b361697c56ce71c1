/** The kinds that have a schema. */
export const KINDS = [
  'TidbCluster',
  'TiKVGroup',
  'TiDBGroup',
  'TiFlashGroup',
  'TiCDCGroup',
  'TiProxyGroup',
  'PDGroup',
  'ExpandTidbGroups',
  'ValidateTidbGroups',
  'TidbMonitor',
  'Backup',
  'TidbInitializer',
] as const;

export type Kind = (typeof KINDS)[number];
