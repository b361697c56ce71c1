import { COMPONENTS } from '../components/index.ts';
import { firstBy } from '../lookup/index.ts';
import { type ClusterObject, componentWorkloads, nameOf } from './base.ts';
import { withChanges } from './fields.ts';
import type { GroupState, Snapshot } from './snapshot.ts';
import { addressOf } from './workload.ts';

/**
 * A side as the other sees it. If the other side has groups with the name of a heterogeneous TidbCluster, that
 * TidbCluster stands for these groups: the servers and all names are the same.
 */
export function asGroupsOf(other: Snapshot, side: Snapshot): Snapshot {
  const states: GroupState[] = [];
  const known = new Set(other.clusters.map((cluster) => addressOf(nameOf(cluster))));
  const byOwner = firstBy(other.groups, ({ component, owner }) => `${component.name} ${addressOf(owner)}`);
  const clusters = side.clusters.filter((cluster) => {
    const its = known.has(addressOf(nameOf(cluster))) ? [] : statesOf(cluster, byOwner);
    states.push(...its);
    return its.length === 0;
  });
  return states.length === 0 ? side : { ...side, clusters, groups: [...side.groups, ...states] };
}

function statesOf(cluster: ClusterObject, byOwner: ReadonlyMap<string, GroupState>): GroupState[] {
  const { namespace, name } = nameOf(cluster);
  const base = cluster.spec.cluster;
  const address = addressOf({ namespace, name });
  if (!base?.name) return [];
  const components = COMPONENTS.filter(({ name: field }) => cluster.spec[field] !== undefined);
  const heterogeneous = components.map((component) => byOwner.get(`${component.name} ${address}`));
  return heterogeneous.every((one) => one !== undefined)
    ? heterogeneous.map(({ owner, component }) => stateOf(owner, component, cluster, { namespace, ...base }))
    : [];
}

function stateOf(
  owner: GroupState['owner'],
  component: GroupState['component'],
  cluster: ClusterObject,
  base: { readonly namespace: string; readonly name: string },
): GroupState {
  // The operator gives the servers the short name of PD, as in the base's own namespace.
  const joined = withChanges(cluster, [
    { path: ['metadata', 'name'], field: 'metadata.name', new: base.name },
  ]);
  return {
    owner,
    component,
    cluster: addressOf(base),
    resources: [cluster],
    workloads: componentWorkloads(cluster, component, joined),
    runner: 'TiDB Operator',
    replacesVolumes: cluster.spec.enablePVCReplace ?? false,
    wasRendered: true,
  };
}
