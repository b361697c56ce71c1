import type { TidbCluster } from '../api/index.ts';
import { asGroup, expandGroup, type GroupComponent, isSection } from '../components/index.ts';
import type { Problems, Subject } from '../problem/index.ts';
import type { MapValue } from '../yaml/index.ts';

/**
 * The workloads that the operator makes of a component of a heterogeneous TidbCluster: those of a group that is joined to
 * a cluster with all of its other settings. In start scripts its PD goes by its short name; configs go by the reference.
 */
export function workloadsOf(
  { object, origin }: Subject<TidbCluster>,
  component: GroupComponent,
  problems: Problems,
): MapValue[] {
  const { cluster: reference, ...spec } = object.spec;
  const shared = Object.fromEntries(Object.entries(spec).filter(([key]) => !isSection(key)));
  const name = reference?.name ?? '';
  const joined = { ...object, metadata: { ...object.metadata, name }, spec: shared };
  const group = asGroup(component, object, { name });
  if (group === undefined) return [];
  const cluster = { object: joined, origin };
  const base = {
    name,
    namespace: reference?.namespace || object.metadata.namespace,
    isNear: !spec.acrossK8s,
    domain: reference?.clusterDomain || undefined,
  };
  return expandGroup({ group: { object: group, origin }, cluster, base, problems });
}
