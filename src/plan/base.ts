import type { TiDBGroup, TidbCluster, TiKVGroup } from '../api/index.ts';
import { clusterConfig } from '../config/index.ts';
import { expandGroup, withoutNulls } from '../expand/index.ts';
import { SYNC_WAVE } from '../gitops/index.ts';
import { type MapValue, mapAt } from '../list/index.ts';
import { NOWHERE, Problems } from '../problem/index.ts';
import { operatedWorkload } from './base-component.ts';

import { renderedWorkload } from './rendered.ts';
import { addressOf, COMPONENTS, type ResourceName, type Workload } from './workload.ts';

/** A resource as read, and as typed. */
export type ClusterObject = MapValue & TidbCluster;
export type GroupObject = MapValue & (TiKVGroup | TiDBGroup);

export function nameOf({ kind, metadata }: ClusterObject | GroupObject): ResourceName {
  return { kind, namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
}

/** The workloads that TiDB Operator makes of a TidbCluster, one a component. */
export function clusterWorkloads(object: ClusterObject): Workload[] {
  const cluster = withoutNulls(object);
  return COMPONENTS.filter((component) => cluster.spec[component] !== undefined).map((component) =>
    component === 'tikv' || component === 'tidb'
      ? asGroup(cluster, component)
      : operatedWorkload(cluster, component),
  );
}

/**
 * A store or SQL server of the TidbCluster is what a group with the same fields is, so it is expanded as one: what
 * changes its pods is then known exactly, and not by a table of fields.
 */
function asGroup(cluster: ClusterObject, component: 'tikv' | 'tidb'): Workload {
  const owner = nameOf(cluster);
  const workload = renderedWorkload({
    owner,
    component,
    cluster: addressOf(owner),
    workloads: expandQuietly(groupOf(cluster, component), cluster),
    runner: 'TiDB Operator',
    replacesVolumes: cluster.spec.enablePVCReplace ?? false,
  });
  return { ...workload, wave: waveOf(cluster) };
}

export function groupOf(cluster: ClusterObject, component: 'tikv' | 'tidb'): GroupObject {
  const { config, ...server } = mapAt(cluster, 'spec', component);
  const group: MapValue = {
    apiVersion: 'pingcap.com/v1alpha1',
    kind: component === 'tikv' ? 'TiKVGroup' : 'TiDBGroup',
    metadata: mapAt(cluster, 'metadata'),
    spec: {
      ...server,
      ...(config && { config: clusterConfig(component, config, () => undefined) }),
      cluster: { name: nameOf(cluster).name },
    },
  };
  return group as GroupObject;
}

/** The sync wave that a resource says; `otherwise`, where it says none. */
export function waveOf({ metadata }: ClusterObject | GroupObject, otherwise = 0): number {
  const written = metadata.annotations?.[SYNC_WAVE];
  return written === undefined ? otherwise : Number(written) || 0;
}

/** What a group comes to; what is wrong with it is for the render to say. */
export function expandQuietly(group: GroupObject, cluster: ClusterObject, expand = expandGroup): MapValue[] {
  const written = {
    group: { object: group, origin: NOWHERE },
    cluster: { object: cluster, origin: NOWHERE },
  };
  return expand({ ...written, problems: new Problems() });
}

export function componentOf({ kind }: Pick<ResourceName, 'kind'>): 'tikv' | 'tidb' {
  return kind === 'TiKVGroup' ? 'tikv' : 'tidb';
}
