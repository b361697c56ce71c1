import type { TidbCluster } from '../api/index.ts';
import { byKind, type GroupComponent } from '../components/index.ts';
import { PD_PORT, pdAddresses, withoutNulls } from '../expand/index.ts';
import type { Problems, Subject } from '../problem/index.ts';
import type { Group } from '../validate/index.ts';

/**
 * Reports a group whose servers would not find PD under the operator, which gives them its short name whatever
 * namespace it is in.
 */
export function checkReach(group: Group, cluster: Subject<TidbCluster>, problems: Problems): void {
  const base = withoutNulls(cluster.object);
  // Here the operator runs a discovery service for the group, which goes by the namespace.
  const { group: its }: GroupComponent = byKind[group.object.kind];
  if (base.spec.acrossK8s || its.findsPDAnywhere?.(group.object.spec)) return;
  const { namespace: own } = group.object.metadata;
  const { pd } = pdAddresses(base, group.object.spec.cluster?.namespace, own || undefined);
  if (!pd.startsWith(`${base.metadata.name}-pd.`)) return;
  const where = base.metadata.namespace || group.object.spec.cluster?.namespace || '';
  const message = `\`spec.cluster\` is in namespace "${where}", and the group is ${own ? `in "${own}"` : 'in none that is written'}: as a TidbCluster it would not find PD, which TiDB Operator looks for at "${base.metadata.name}-pd:${PD_PORT}" in the group's own namespace; put the group into "${where}", or let it come out as Workloads`;
  problems.add('cluster-namespace', group.origin, ['spec', 'cluster', 'namespace'], message);
}
