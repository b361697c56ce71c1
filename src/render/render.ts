import { groupAnnotations } from '../cluster/index.ts';
import { expandTiDBGroup, expandTiKVGroup } from '../expand/index.ts';
import type { Changes, Item, MapValue } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { ClusterResolver } from '../resolve/index.ts';
import { checkTogether, type Joined } from '../validate/index.ts';
import { Gathered } from './gather.ts';
import { NamesTaken } from './names-taken.ts';
import { Outcome } from './outcome.ts';
import { Positions } from './place.ts';

export const LOCAL_CONFIG = 'config.kubernetes.io/local-config';

/**
 * What becomes of a list of resources when its groups are expanded. The changes count only where no error was
 * reported.
 */
export function render(items: readonly Item[], problems: Problems): Changes {
  const gathered = new Gathered(items, problems);
  const { clusters, groups, generated } = gathered;
  const outcome = new Outcome(new Positions(items));
  const resolver = new ClusterResolver(clusters, problems);
  const names = new NamesTaken(problems);
  const members = new Map<Item, Item[]>(clusters.map((cluster) => [cluster, []]));
  const current = new Set<string>();
  const together: Joined[] = [];
  for (const group of groups) {
    const owner = `${group.namespace}/${group.kind}/${group.name}`;
    current.add(owner);
    const cluster = resolver.resolve(group);
    if (cluster === undefined) continue;
    members.get(cluster)?.push(group);
    const joined = join(gathered, group, cluster);
    if (joined === undefined) continue;
    together.push(joined);
    const resources = expand(joined, problems);
    names.claim(group, resources);
    const component = group.kind === 'TiKVGroup' ? 'tikv' : 'tidb';
    outcome.generate(group, component, resources, generated.get(owner) ?? []);
    keepOutOfCluster(outcome, group);
  }
  names.checkAgainst(items);
  names.checkAgainstOperator(clusters);
  checkTogether({ clusters: gathered.soundClusters(), groups: together, items, resolver }, problems);
  for (const [cluster, its] of members) outcome.edit(cluster, groupAnnotations(cluster, its));
  for (const [owner, orphans] of generated) {
    if (!current.has(owner)) for (const orphan of orphans) outcome.drops.add(orphan);
  }
  return outcome;
}

function join(gathered: Gathered, item: Item, itsCluster: Item): Joined | undefined {
  const group = gathered.group(item);
  const cluster = gathered.cluster(itsCluster);
  return group && cluster && { group, cluster };
}

function expand({ group: { object, origin }, cluster }: Joined, problems: Problems): MapValue[] {
  return object.kind === 'TiKVGroup'
    ? expandTiKVGroup({ group: { object, origin }, cluster, problems })
    : expandTiDBGroup({ group: { object, origin }, cluster, problems });
}

/** kustomize and kpt leave resources with this annotation out of the cluster, which does not know the kind. */
function keepOutOfCluster(outcome: Outcome, group: Item): void {
  const value = group.annotation(LOCAL_CONFIG);
  if (value !== undefined && value !== 'false') return;
  outcome.edit(group, [{ path: ['metadata', 'annotations'], set: { [LOCAL_CONFIG]: 'true' } }]);
}
