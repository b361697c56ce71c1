import type { TidbCluster } from '../api/index.ts';
import { byKind, isGroupKind } from '../components/index.ts';
import { type Item, isMap, type MapValue } from '../list/index.ts';
import type { Subject } from '../validate/index.ts';

/** The resources of a group, or of two groups with one name, and the cluster that they join. */
export interface Delivery {
  readonly groups: readonly Item[];
  readonly cluster: Subject<TidbCluster>;
  readonly resources: readonly MapValue[];
}

/** The settings for how engines handle groups. */
export interface DeliverySettings {
  readonly copyMetadata: boolean;
  /** Left open, there are waves. */
  readonly syncWaves?: boolean;
  readonly tikvWave: number;
  readonly tidbWave: number;
  readonly dependsOn: boolean;
  readonly protectStores: boolean;
}

export function hasStores({ groups }: Delivery): boolean {
  return groups.some(({ kind }) => isGroupKind(kind) && byKind[kind].keeps === 'regions');
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
