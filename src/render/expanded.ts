import { byKind } from '../components/index.ts';
import type { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import type { Joined } from '../validate/index.ts';
import type { MapValue } from '../yaml/index.ts';
import type { Made } from './outcome.ts';

/** A group with its cluster, and its workloads. */
export interface Expanded extends Joined {
  readonly item: Item;
  readonly workloads: readonly MapValue[];
  /** The names of Services beside its own by which its servers are found. */
  readonly services?: readonly string[];
}

/** What is rendered of groups: their workloads, or TidbClusters that TiDB Operator runs. */
export async function madeOf(
  joined: readonly Expanded[],
  isOperated: boolean,
  problems: Problems,
): Promise<Made[]> {
  if (!isOperated) return joined.map(asMade);
  // Loaded on demand: what runs by itself has no need of it.
  const output = await import('./tidb-clusters.ts');
  return output.tidbClusters(joined, problems);
}

function asMade({ item, group, cluster, workloads }: Expanded): Made {
  const stem = byKind[group.object.kind].name;
  return { groups: [item], cluster, stem, resources: workloads };
}
