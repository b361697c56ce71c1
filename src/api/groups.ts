import type { TiDBGroup } from './tidb-group.ts';
import type { TiKVGroup } from './tikv-group.ts';

/** The servers that a TidbCluster can have, each a section of its spec; in TiDB Operator's order. */
export type ComponentName = 'pd' | 'tiproxy' | 'tiflash' | 'tikv' | 'pump' | 'tidb' | 'ticdc';

/** The kinds of groups. One more is a line here, and a folder of `src/components`. */
export interface GroupKinds {
  TiKVGroup: TiKVGroup;
  TiDBGroup: TiDBGroup;
}

export type GroupKind = keyof GroupKinds;

/** A group of any kind. */
export type AnyGroup = GroupKinds[GroupKind];
