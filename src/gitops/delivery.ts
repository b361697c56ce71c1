import type { DrainSpec, TidbCluster } from '../api/index.ts';
import { GROUP_COMPONENTS, type GroupComponent } from '../components/index.ts';
import type { Item } from '../list/index.ts';
import type { Subject } from '../problem/index.ts';
import { isMap, type MapValue } from '../yaml/index.ts';

/** The resources of a group, or of two groups with one name, and the cluster that they join. */
export interface Delivery {
  readonly groups: readonly Item[];
  readonly cluster: Subject<TidbCluster>;
  readonly resources: readonly MapValue[];
}

/** The settings for how engines handle groups. */
export interface DeliverySettings {
  readonly copyMetadata: boolean;
  readonly drain?: DrainSpec;
  /** Left open, there are waves. */
  readonly syncWaves?: boolean;
  readonly tikvWave: number;
  readonly tidbWave: number;
  readonly dependsOn: boolean;
  readonly protectStores: boolean;
}

/** The components of its groups, in the order in which TiDB Operator goes through them. */
export function componentsOf({ groups }: Delivery): GroupComponent[] {
  const kinds = new Set(groups.map(({ kind }) => kind));
  return GROUP_COMPONENTS.filter(({ group }) => kinds.has(group.kind));
}

/** Whether others would lose something with its servers. */
export function hasStores(delivery: Delivery): boolean {
  return componentsOf(delivery).some(({ keeps }) => keeps !== 'nothing');
}

/** Whether a Job drains its servers before they go. */
export function isDrained({ resources }: Delivery): boolean {
  return resources.some(({ kind }) => kind === 'Job');
}

/** The resource that runs the servers. */
export function runnerIn(resources: readonly MapValue[]): MapValue | undefined {
  return resources.find(({ kind }) => kind === 'StatefulSet' || kind === 'TidbCluster');
}

export function textIn(resource: MapValue, key: 'name' | 'namespace'): string {
  const { metadata } = resource;
  const value = isMap(metadata) ? metadata[key] : undefined;
  return typeof value === 'string' ? value : '';
}
