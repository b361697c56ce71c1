import { byKind, isGroupKind } from '../components/index.ts';
import { DELETION, DEPENDS_ON } from '../krm/index.ts';
import type { Item } from '../list/index.ts';
import { isMap, type MapValue } from '../yaml/index.ts';
import { type Delivery, type DeliverySettings, hasStores, runnerIn, textIn } from './delivery.ts';
import { isOfDrain } from './drain.ts';
import {
  COMPARE_OPTIONS,
  ENGINE_KEYS,
  FLUX_PRUNE,
  FLUX_SUBSTITUTE,
  OF_ALL,
  SYNC_OPTIONS,
  SYNC_WAVE,
} from './keys.ts';
import { together } from './options.ts';
import type { Turn } from './order.ts';
import { KEPT } from './protection.ts';

type Annotations = { [key: string]: string };

/**
 * The annotations of a resource for Argo CD, Flux and kpt, sorted by key. The group's own values override them, and the
 * resource's existing values override both.
 */
export function engineAnnotations(
  resource: MapValue,
  delivery: Delivery,
  turn: Turn,
  settings: DeliverySettings,
): Annotations {
  const isRunner = resource === runnerIn(delivery.resources);
  const isBefore = isOfDrain(resource);
  // A map and no object: V8 would make a hidden class of each set of keys.
  const told = new Map(
    Object.entries(isBefore ? safetyOfDrain(resource) : safety(resource, delivery, settings)),
  );
  if (settings.syncWaves !== false) told.set(SYNC_WAVE, String(isBefore ? turn.drainWave : turn.wave));
  if (settings.dependsOn && isRunner && turn.after.length > 0) told.set(DEPENDS_ON, turn.after.join(','));
  for (const key of ENGINE_KEYS) {
    const ours = told.get(key);
    const value = saidOf(key, delivery.groups);
    // A wave is that of the servers.
    if (value === undefined || (isBefore && key === SYNC_WAVE)) continue;
    if (ours !== undefined) told.set(key, together(key, value, ours));
    else if (isRunner || OF_ALL.includes(key)) told.set(key, value);
  }
  const { metadata } = resource;
  const there = isMap(metadata) && isMap(metadata.annotations) ? metadata.annotations : {};
  const added: [string, string][] = [];
  for (const [key, value] of told) {
    const written = Object.hasOwn(there, key) ? String(there[key]) : undefined;
    const whole = together(key, written, value);
    if (whole !== written) added.push([key, whole]);
  }
  return Object.fromEntries(added.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What the last of the groups that have an annotation says in it. */
function saidOf(key: string, groups: readonly Item[]): string | undefined {
  let said: string | undefined;
  for (const group of groups) said = group.annotation(key) ?? said;
  return said;
}

/**
 * A ConfigMap whose name ends in a digest is a new one after each change, and pods that are not replaced yet mount the
 * old one. Flux prunes before it checks them, and Config Sync does not wait forever; Argo CD does, with `PruneLast`.
 */
const KEPT_WHILE_ROLLING: Annotations = { [FLUX_PRUNE]: 'disabled', [DELETION]: 'detach' };

function safety(resource: MapValue, delivery: Delivery, { protectStores }: DeliverySettings): Annotations {
  const isKept = protectStores && hasStores(delivery);
  if (resource.kind !== 'ConfigMap') return isKept ? KEPT : {};
  return {
    // Start scripts have `${…}` of their own.
    [FLUX_SUBSTITUTE]: 'disabled',
    // Stores that are left need it. Each change may also leave one behind, which needs no action.
    ...(isKept ? { ...KEPT, [COMPARE_OPTIONS]: 'IgnoreExtraneous' } : { [SYNC_OPTIONS]: 'PruneLast=true' }),
    ...(isNamedAfterData(resource, delivery) && KEPT_WHILE_ROLLING),
  };
}

/**
 * Nothing is lost with a Job and its files: a Job that goes on later finds what is left to do. Each change leaves a Job
 * behind, which needs no action.
 */
function safetyOfDrain({ kind }: MapValue): Annotations {
  return {
    [COMPARE_OPTIONS]: 'IgnoreExtraneous',
    ...(kind === 'ConfigMap' && { [FLUX_SUBSTITUTE]: 'disabled' }),
  };
}

/** Whether the ConfigMap's name ends in a digest. */
function isNamedAfterData(resource: MapValue, { groups }: Delivery): boolean {
  return !groups.some(
    ({ kind, name }) => isGroupKind(kind) && textIn(resource, 'name') === `${name}-${byKind[kind].name}`,
  );
}
