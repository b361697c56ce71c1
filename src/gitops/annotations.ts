import { type Item, isMap, type MapValue } from '../list/index.ts';
import { type Delivery, type DeliverySettings, hasStores, runnerOf, textIn } from './delivery.ts';
import {
  DELETION,
  DEPENDS_ON,
  ENGINE_KEYS,
  FLUX_PRUNE,
  FLUX_SUBSTITUTE,
  SYNC_OPTIONS,
  SYNC_WAVE,
} from './keys.ts';
import type { Turn } from './order.ts';

type Annotations = { [key: string]: string };

/**
 * What Argo CD, Flux and kpt are told of a resource, sorted by key. What the group says of itself counts instead, and
 * what the resource says already counts most.
 */
export function engineAnnotations(
  resource: MapValue,
  delivery: Delivery,
  turn: Turn,
  settings: DeliverySettings,
): Annotations {
  const isRunner = resource === runnerOf(delivery);
  const told: Annotations = {
    ...(settings.syncWaves !== false && { [SYNC_WAVE]: String(turn.wave) }),
    ...(settings.dependsOn && isRunner && turn.after.length > 0 && { [DEPENDS_ON]: turn.after.join(',') }),
    ...safety(resource, delivery, settings),
  };
  const said = saidBy(delivery.groups);
  for (const key of ENGINE_KEYS) {
    const value = said[key];
    if (value !== undefined && (isRunner || key === SYNC_WAVE || key in told)) told[key] = value;
  }
  const { metadata } = resource;
  const there = isMap(metadata) && isMap(metadata.annotations) ? metadata.annotations : {};
  const added = Object.entries(told).filter(([key]) => !Object.hasOwn(there, key));
  return Object.fromEntries(added.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function saidBy(groups: readonly Item[]): Annotations {
  return Object.assign({}, ...groups.map((group) => group.annotations()));
}

/**
 * What keeps engines from taking away what holds data, or what it cannot run without. Argo CD's `Prune=confirm` would
 * be nicer to work with, but versions that do not know it prune without asking.
 */
const KEPT: Annotations = {
  [SYNC_OPTIONS]: 'Prune=false,Delete=false',
  [FLUX_PRUNE]: 'disabled',
  [DELETION]: 'detach',
};

function safety(resource: MapValue, delivery: Delivery, { protectStores }: DeliverySettings): Annotations {
  const isFiles = resource.kind === 'ConfigMap';
  // Start scripts have `${…}` of their own.
  const whole: Annotations = isFiles ? { [FLUX_SUBSTITUTE]: 'disabled' } : {};
  if (isFiles && isNamedAfterData(resource, delivery)) {
    // A new one comes with each change; pods that are not replaced yet still need the old one.
    return { ...whole, [SYNC_OPTIONS]: 'PruneLast=true' };
  }
  return protectStores && hasStores(delivery) ? { ...whole, ...KEPT } : whole;
}

/** Whether the ConfigMap's name ends in a digest. */
function isNamedAfterData(resource: MapValue, { groups }: Delivery): boolean {
  return !groups.some(
    ({ kind, name }) => textIn(resource, 'name') === `${name}-${kind === 'TiKVGroup' ? 'tikv' : 'tidb'}`,
  );
}
