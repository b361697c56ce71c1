import type { PDGroup } from './pd-group.ts';
import type { TiCDCGroup } from './ticdc-group.ts';
import type { TiDBGroup } from './tidb-group.ts';
import type { TiFlashGroup } from './tiflash-group.ts';
import type { TiKVGroup } from './tikv-group.ts';
import type { TiProxyGroup } from './tiproxy-group.ts';

/** The servers that a TidbCluster can have, each a section of its spec; in the order in which TiDB Operator takes them. */
export const COMPONENT_NAMES = ['pd', 'tiproxy', 'tiflash', 'tikv', 'pump', 'tidb', 'ticdc'] as const;

export type ComponentName = (typeof COMPONENT_NAMES)[number];

/** The kinds of groups. One more is a line here, and a folder of `src/components`. */
export interface GroupKinds {
  PDGroup: PDGroup;
  TiProxyGroup: TiProxyGroup;
  TiFlashGroup: TiFlashGroup;
  TiKVGroup: TiKVGroup;
  TiDBGroup: TiDBGroup;
  TiCDCGroup: TiCDCGroup;
}

export type GroupKind = keyof GroupKinds;

/** A group of any kind. */
export type AnyGroup = GroupKinds[GroupKind];
