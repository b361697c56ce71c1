import type { AnyGroup, TidbCluster } from '../api/index.ts';
import {
  asGroup,
  COMPONENTS,
  expandQuietly,
  type GroupComponent,
  isGroupComponent,
} from '../components/index.ts';
import { withoutNulls } from '../expand/index.ts';
import { waveIn } from '../gitops/index.ts';
import { type MapValue, mapAt, mapsAt } from '../yaml/index.ts';
import { operatedWorkload } from './base-component.ts';
import { renderedWorkload } from './rendered.ts';
import { addressOf, type ResourceName, type Workload } from './workload.ts';

/** A resource as read, and as typed. */
export type ClusterObject = MapValue & TidbCluster;
export type GroupObject = MapValue & AnyGroup;

export function nameOf({ kind, metadata }: ClusterObject | GroupObject): ResourceName {
  return { kind, namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
}

/** The workloads that TiDB Operator makes of a TidbCluster, one per component. */
export function clusterWorkloads(object: ClusterObject): Workload[] {
  const cluster = withoutNulls(object);
  return COMPONENTS.filter(({ name }) => cluster.spec[name] !== undefined).map((component) =>
    isGroupComponent(component) ? groupWorkload(cluster, component) : operatedWorkload(cluster, component),
  );
}

/**
 * A component that can be a group is expanded like a group with the same fields: this shows exactly what changes its
 * pods, without a table of fields.
 */
function groupWorkload(cluster: ClusterObject, component: GroupComponent): Workload {
  const owner = nameOf(cluster);
  const workload = renderedWorkload({
    owner,
    component,
    cluster: addressOf(owner),
    workloads: componentWorkloads(cluster, component, cluster),
    runner: 'TiDB Operator',
    replacesVolumes: cluster.spec.enablePVCReplace ?? false,
  });
  return { ...workload, wave: waveIn(cluster) ?? 0 };
}

/** The workloads of a TidbCluster's component as a group that joins another one, or its own. */
export function componentWorkloads(
  cluster: ClusterObject,
  component: GroupComponent,
  joined: ClusterObject,
): MapValue[] {
  const group = asGroup(component, cluster, { name: nameOf(cluster).name });
  if (group === undefined) return [];
  const version = scriptVersion(joined);
  const workloads = expandQuietly(group, joined);
  return version === '' ? workloads : workloads.map((one) => withScript(one, component, version));
}

/** The version of the start scripts of TiDB Operator, which are others than ours and differ in more places. */
function scriptVersion({ spec: { startScriptVersion = '', startScriptV2FeatureFlags = [] } }: ClusterObject) {
  const flags = startScriptVersion === 'v2' ? startScriptV2FeatureFlags : [];
  return [startScriptVersion, ...flags].filter((text) => text !== '' && text !== 'v1').join(' ');
}

/** A StatefulSet whose start script, where it is in the command of the server, names the version of the operator's. */
function withScript(workload: MapValue, { name }: GroupComponent, version: string): MapValue {
  if (workload.kind !== 'StatefulSet') return workload;
  const spec = mapAt(workload, 'spec');
  const template = mapAt(spec, 'template');
  const pod = mapAt(template, 'spec');
  const containers = mapsAt(pod, 'containers').map((container): MapValue => {
    const { command } = container;
    if (container.name !== name || !Array.isArray(command) || command[1] !== '-c') return container;
    return { ...container, command: [...command.slice(0, 2), `${command[2]}# ${version}\n`] };
  });
  return { ...workload, spec: { ...spec, template: { ...template, spec: { ...pod, containers } } } };
}

/** Whether somebody has written the sync wave of a resource. */
export function hasWave(resource: ClusterObject | GroupObject): boolean {
  return waveIn(resource) !== undefined;
}
