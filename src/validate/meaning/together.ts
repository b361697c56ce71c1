import type { GroupOutput, TidbCluster } from '../../api/index.ts';
import type { Item } from '../../list/index.ts';
import { Field, type Origin, type Problems, type Subject } from '../../problem/index.ts';
import type { ClusterResolver } from '../../resolve/index.ts';
import { checkClaims } from './claims.ts';
import { checkConfigMapKeys } from './config-map-keys.ts';
import { componentOf, type Group } from './group-of.ts';
import { checkHelper } from './helper.ts';
import { checkNeighbours } from './neighbours.ts';
import { checkNodePorts } from './node-ports.ts';
import { checkPd } from './pd.ts';
import { checkSecrets } from './secrets.ts';
import { checkStoreCount } from './store-count.ts';
import { checkStoreLabels } from './store-labels.ts';
import { checkVersion } from './versions.ts';

/** What is checked together: the clusters, the groups that have one, and all other resources. */
export interface Together {
  readonly clusters: readonly Subject<TidbCluster>[];
  readonly groups: readonly Joined[];
  /** All resources, these included. */
  readonly items: readonly Item[];
  /** Those of them that were read. */
  readonly read: readonly Item[];
  readonly resolver: ClusterResolver;
  /** The output of the groups. */
  readonly output: GroupOutput;
}

/** A group, and the cluster that it means. */
export interface Joined {
  readonly group: Group;
  readonly cluster: Subject<TidbCluster>;
}

/** What a kind of group asks of its cluster, and of the other groups of that. */
function checkBeside(
  { object: cluster }: Subject<TidbCluster>,
  its: readonly Group[],
  problems: Problems,
): void {
  const groups = its.map(({ object }) => object);
  for (const group of its) {
    const found = componentOf(group).group.checkBeside?.(group.object, { cluster, groups }) ?? [];
    for (const { code, path, message } of found) new Field(group.origin, problems, path).say(code, message);
  }
}

/** Adds a problem for resources that conflict. */
export function checkTogether(
  { clusters, groups, items, read, resolver, output }: Together,
  problems: Problems,
): void {
  const members = new Map<Origin, Group[]>(clusters.map(({ origin }) => [origin, []]));
  for (const { group, cluster } of groups) {
    members.get(cluster.origin)?.push(group);
    checkVersion(group, cluster, problems);
    const { object, origin } = group;
    checkHelper(object.spec, cluster.object, new Field(origin, problems, ['spec']));
  }
  for (const cluster of clusters) {
    const its = members.get(cluster.origin) ?? [];
    checkPd(cluster, its, items, problems);
    checkStoreCount(cluster, its, clusters, problems);
    checkStoreLabels(cluster, its, output, problems);
    checkNodePorts(cluster, its, problems);
    checkBeside(cluster, its, problems);
  }
  checkConfigMapKeys(
    clusters,
    groups.map(({ group }) => group),
    items,
    problems,
  );
  checkClaims(clusters, groups, problems);
  checkSecrets(groups, items, output, problems);
  checkNeighbours(read, groups, resolver, problems);
}
