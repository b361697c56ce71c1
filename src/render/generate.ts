import { type Item, metadataOf } from '../list/index.ts';
import { allBy } from '../lookup/index.ts';
import type { MapValue } from '../yaml/index.ts';
import type { Gathered } from './gather.ts';
import { ownerNamed, roleOf } from './generated.ts';
import type { NamesTaken } from './names-taken.ts';
import type { Made, Outcome } from './outcome.ts';
import { Tallies } from './tally.ts';

/** All that was rendered: of groups, of several groups together, and of TidbClusters themselves. */
export interface AllMade {
  readonly made: readonly Made[];
  readonly shared: readonly Made[];
  readonly ofClusters: readonly Made[];
}

/** Names are taken by the first group of those that have a resource. Those of workloads are taken already. */
export function claimNames({ made, shared, ofClusters }: AllMade, names: NamesTaken): void {
  for (const { groups, resources } of made)
    for (const group of groups.slice(0, 1)) names.claim(group, resources.filter(isBeside));
  for (const { groups, resources } of [...shared, ...ofClusters])
    for (const group of groups.slice(0, 1)) names.claim(group, resources);
}

/** What is beside the workloads of a group, whose names are taken already. */
function isBeside({ kind }: MapValue): boolean {
  return !WORKLOADS.includes(String(kind));
}

const WORKLOADS: readonly string[] = ['ConfigMap', 'Job', 'Service', 'StatefulSet'];

/**
 * Puts what was rendered in the place of what an earlier render made, and counts it for each TidbCluster. `stays`: what was
 * made of TidbClusters stays as it is.
 */
export function generateAll(
  { made, shared, ofClusters }: AllMade,
  stays: boolean,
  { clusters, generated }: Gathered,
  outcome: Outcome,
): Tallies {
  const earlierOf = ({ groups }: Made) => [
    ...new Set(groups.flatMap((group) => generated.get(ownerNamed(group)) ?? [])),
  ];
  const earlierShared = new Set(shared.flatMap((one) => earlierOf(one).filter(isAsIn(one))));
  for (const one of made) {
    const earlier = earlierOf(one).filter((item) => !earlierShared.has(item));
    outcome.generate(one, earlier);
  }
  for (const one of shared) outcome.generate(one, earlierOf(one).filter(isAsIn(one)));
  if (!stays) generateOfClusters(ofClusters, clusters, generated, outcome);
  const tallies = new Tallies();
  for (const one of [...made, ...shared, ...ofClusters]) tallies.add(one);
  return tallies;
}

/** Whether an earlier render has made an item for the same role as some resource. */
function isAsIn({ resources }: Made): (item: Item) => boolean {
  const roles = new Set(
    resources.map((resource) => roleOf(String(resource.kind), String(metadataOf(resource).name))),
  );
  return ({ kind, name }) => roles.has(roleOf(kind, name));
}

/** Replaces what an earlier render made of TidbClusters themselves. */
function generateOfClusters(
  made: readonly Made[],
  clusters: readonly Item[],
  generated: ReadonlyMap<string, readonly Item[]>,
  outcome: Outcome,
): void {
  const byCluster = allBy(made, ({ groups: [item] }) => [item]);
  for (const item of clusters) {
    const left = new Set(generated.get(ownerNamed(item)) ?? []);
    for (const one of byCluster.get(item) ?? []) {
      const earlier = [...left].filter(isAsIn(one));
      for (const old of earlier) left.delete(old);
      outcome.generate(one, earlier);
    }
    if (left.size > 0) outcome.generate({ groups: [item], stem: '', resources: [] }, [...left]);
  }
}
