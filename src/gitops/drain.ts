import { AWAITED_BY, DRAINED_TO, type DrainEngine } from '../api/index.ts';
import { metadataOf, withAnnotations } from '../list/index.ts';
import { isMap, type MapValue } from '../yaml/index.ts';
import { type Delivery, type DeliverySettings, textIn } from './delivery.ts';
import type { Turn } from './order.ts';

/** Whether a generated resource is for the Job that drains a group, and not for the group's servers. */
export function isOfDrain(resource: MapValue): boolean {
  return resource.kind === 'Job' || (resource.kind === 'ConfigMap' && isDrainFiles(textIn(resource, 'name')));
}

/** Whether a ConfigMap of this name has the scripts of a drain: those of servers end in a component or a digest. */
export function isDrainFiles(name: string): boolean {
  return name.endsWith('-drain');
}

/** A group that is not drained after all: then no claim of a server that goes may be deleted either. */
export function withoutDrain<D extends Delivery>(delivery: D): D {
  const resources = delivery.resources.filter((resource) => !isOfDrain(resource));
  return { ...delivery, resources: resources.map(keepingClaims) };
}

function keepingClaims(resource: MapValue): MapValue {
  if (resource.kind !== 'StatefulSet' || !isMap(resource.spec)) return resource;
  const { persistentVolumeClaimRetentionPolicy: _, ...spec } = resource.spec;
  return { ...resource, spec };
}

/** Whether the settings say that an engine waits for each sync wave: by name, or as the one that waits for drain Jobs. */
export function waitsForWaves({ drain, syncWaves }: Pick<DeliverySettings, 'drain' | 'syncWaves'>): boolean {
  return syncWaves ?? drain?.engine === 'ArgoCD';
}

/** The engine that applies the StatefulSet of a drained group only when its Job is complete, as far as that is known. */
export function engineThatWaits(
  { drain, syncWaves }: DeliverySettings,
  { drainWave, wave }: Turn,
): DrainEngine | undefined {
  const engine = drain?.engine || (syncWaves === true ? 'ArgoCD' : undefined);
  return engine === 'ArgoCD' && (syncWaves === false || drainWave >= wave) ? undefined : engine;
}

/**
 * A resource of a drained group, where an engine waits for the Job: the Job says so, and the StatefulSet is applied when its
 * stores are drained, which an admission policy wants to know.
 */
export function awaited(resource: MapValue, engine: DrainEngine): MapValue {
  if (resource.kind === 'Job') return withAnnotations(resource, { [AWAITED_BY]: engine });
  const { annotations = {} } = metadataOf(resource);
  const isSaid = isMap(annotations) && Object.hasOwn(annotations, DRAINED_TO);
  if (resource.kind !== 'StatefulSet' || isSaid || !isMap(resource.spec)) return resource;
  return withAnnotations(resource, { [DRAINED_TO]: String(resource.spec.replicas) });
}
