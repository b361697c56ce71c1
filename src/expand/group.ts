import type { TiDBGroup, TiKVGroup } from '../api/index.ts';
import type { MapValue } from '../list/index.ts';
import type { ExpandInput } from './member.ts';
import { expandTiDBGroup } from './tidb.ts';
import { expandTiKVGroup } from './tikv.ts';

/** The workloads of a group, of either kind. */
export function expandGroup({
  group: { object, origin },
  cluster,
  problems,
}: ExpandInput<TiKVGroup | TiDBGroup>): MapValue[] {
  return object.kind === 'TiKVGroup'
    ? expandTiKVGroup({ group: { object, origin }, cluster, problems })
    : expandTiDBGroup({ group: { object, origin }, cluster, problems });
}
