import type { AnyGroup, GroupOutput, TidbCluster } from '../../api/index.ts';
import { GROUP_COMPONENTS } from '../../components/index.ts';
import type { Item } from '../../list/index.ts';
import { Field, type Origin, type Problems, type Subject } from '../../problem/index.ts';
import type { ClusterResolver } from '../../resolve/index.ts';
import { checkClaims } from './claims.ts';
import { checkConfigMapKeys } from './config-map-keys.ts';
import type { Group } from './group-of.ts';
import { checkHelper } from './helper.ts';
import { checkNeighbours } from './neighbours.ts';
import { checkNodePorts } from './node-ports.ts';
import { checkPd, servicesAmong } from './pd.ts';
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
  /** The Secrets that the render has Certificates for, as `namespace/name`. */
  readonly secrets: ReadonlySet<string>;
  /** The groups whose Secrets must come from somewhere: not those whose Certificates an error has kept back. */
  readonly served: readonly Joined[];
}

/** A group, and the cluster that it means. */
export interface Joined {
  readonly group: Group;
  readonly cluster: Subject<TidbCluster>;
}

/** The TidbClusters that name another one, by that. */
function joinedTo(clusters: readonly Subject<TidbCluster>[]): Map<string, TidbCluster[]> {
  const joined = new Map<string, TidbCluster[]>();
  for (const { object, origin } of clusters) {
    const { name, namespace } = object.spec.cluster ?? {};
    if (!name) continue;
    const key = keyOf({ name, namespace: namespace || origin.id.namespace });
    const others = joined.get(key);
    if (others === undefined) joined.set(key, [object]);
    else others.push(object);
  }
  return joined;
}

function keyOf({ name, namespace }: { readonly name: string; readonly namespace: string }): string {
  return `${namespace}/${name}`;
}

/** What each kind of group asks of its cluster, of others that join that, and of the other groups. */
function checkBeside(
  { object: cluster }: Subject<TidbCluster>,
  its: readonly Group[],
  joined: readonly TidbCluster[],
  problems: Problems,
): void {
  const origins = new Map<AnyGroup, Origin>(its.map(({ object, origin }) => [object, origin]));
  const groups = [...origins.keys()];
  for (const { group } of GROUP_COMPONENTS) {
    const own = groups.filter(({ kind }) => kind === group.kind);
    for (const found of group.checkBeside?.(own, { cluster, groups, joined }) ?? []) {
      const origin = origins.get(found.group);
      if (origin) new Field(origin, problems, found.path).say(found.code, found.message);
    }
  }
}

/** Adds a problem for resources that conflict. */
export function checkTogether(
  { clusters, groups, items, read, resolver, output, secrets, served }: Together,
  problems: Problems,
): void {
  const members = new Map<Origin, Group[]>(clusters.map(({ origin }) => [origin, []]));
  for (const { group, cluster } of groups) {
    members.get(cluster.origin)?.push(group);
    checkVersion(group, cluster, problems);
    const { object, origin } = group;
    checkHelper(object.spec, cluster.object, new Field(origin, problems, ['spec']));
  }
  const joined = joinedTo(clusters);
  const hasService = servicesAmong(items);
  for (const cluster of clusters) {
    const its = members.get(cluster.origin) ?? [];
    const others = joined.get(keyOf(cluster.origin.id)) ?? [];
    checkPd(cluster, its, hasService, problems);
    checkStoreCount(cluster, its, others, problems);
    checkStoreLabels(cluster, its, output, problems);
    checkNodePorts(cluster, its, problems);
    checkBeside(cluster, its, others, problems);
  }
  checkConfigMapKeys(
    clusters,
    groups.map(({ group }) => group),
    items,
    problems,
  );
  checkClaims(clusters, groups, problems);
  checkSecrets(served, items, output, secrets, problems);
  checkNeighbours(read, groups, resolver, problems);
}
