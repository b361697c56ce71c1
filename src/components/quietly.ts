import type { GroupKind, TidbCluster } from '../api/index.ts';
import type { ExpandInput } from '../expand/index.ts';
import { NOWHERE, Problems } from '../problem/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { expandGroup, type GroupOf } from './group.ts';

/** The workloads of a group; the render reports what is wrong with it. */
export function expandQuietly<Kind extends GroupKind>(
  group: GroupOf<Kind>,
  cluster: TidbCluster,
  expand: (input: ExpandInput<GroupOf<Kind>>) => MapValue[] = expandGroup,
): MapValue[] {
  return expand({
    group: { object: group, origin: NOWHERE },
    cluster: { object: cluster, origin: NOWHERE },
    problems: new Problems(),
  });
}
