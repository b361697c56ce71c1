import type { TidbCluster } from '../api/index.ts';
import { PD_PORT, pdAddress, withoutNulls } from '../expand/index.ts';
import type { Problems } from '../problem/index.ts';
import type { Group, Subject } from '../validate/index.ts';

/**
 * Reports a group whose servers would not find PD under the operator, which gives them its short name whatever
 * namespace it is in.
 */
export function checkReach(group: Group, cluster: Subject<TidbCluster>, problems: Problems): void {
  const base = withoutNulls(cluster.object);
  // Here the operator runs a discovery service for the group, which goes by the namespace.
  if (base.spec.acrossK8s) return;
  const { namespace: own } = group.object.metadata;
  const address = pdAddress(base, group.object.spec.cluster?.namespace, own || undefined);
  if (!address.startsWith(`${base.metadata.name}-pd.`)) return;
  const where = base.metadata.namespace || group.object.spec.cluster?.namespace || '';
  const message = `\`spec.cluster\` is in namespace "${where}", and the group is ${own ? `in "${own}"` : 'in no namespace'}: as a TidbCluster it would not find PD, which TiDB Operator looks for at "${base.metadata.name}-pd:${PD_PORT}" in the group's own namespace; put the group in "${where}", or render it as Workloads`;
  problems.add('cluster-namespace', group.origin, ['spec', 'cluster', 'namespace'], message);
}
