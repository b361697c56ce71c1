import { type Amount, type Amounts, canonicalQuantity, type Resources } from '../api/index.ts';
import { Float, isMap, type MapValue, type Value } from '../list/index.ts';
import { copyList, fields, unlessEmpty } from './copy.ts';

/** A container's resources. The API keeps `storage` beside them, which is the volume's and not the container's. */
export function containerResources({ limits, requests, claims }: Resources): MapValue | undefined {
  return unlessEmpty(
    fields({
      limits: withoutStorage(limits),
      requests: withoutStorage(requests),
      claims: unlessEmpty(copyList(claims)),
    }),
  );
}

function withoutStorage(amounts: Amounts | undefined): MapValue | undefined {
  const entries = Object.entries(amounts ?? {}).filter(([name]) => name !== 'storage');
  return unlessEmpty(canonicalAmounts(Object.fromEntries(entries)));
}

function canonicalAmounts(amounts: MapValue): MapValue {
  return fields(Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, canonical(value)])));
}

function canonical(value: Value): Value {
  return isAmount(value) ? canonicalQuantity(value) : value;
}

function isAmount(value: Value): value is Amount {
  return ['string', 'number', 'bigint'].includes(typeof value) || value instanceof Float;
}

/** The user's containers, with their quantities as Kubernetes writes them. */
export function copyContainers(containers: readonly object[] | undefined): MapValue[] {
  return copyList(containers).map((container) => within(container, 'resources', canonicalResources));
}

/** The user's volumes, with their quantities as Kubernetes writes them. */
export function copyVolumes(volumes: readonly object[] | undefined): MapValue[] {
  return copyList(volumes).map((volume) => within(volume, 'emptyDir', canonicalSizeLimit));
}

/** A server's settings with all of its quantities as Kubernetes writes them. */
export function canonicalQuantities(server: MapValue): MapValue {
  const result = { ...canonicalResources(server) };
  for (const [key, change] of QUANTITIES) {
    const value = result[key];
    if (value !== undefined) result[key] = change(value);
  }
  return result;
}

/** The fields of a server that hold quantities further down. */
const QUANTITIES: readonly [field: string, change: (value: Value) => Value][] = [
  ['additionalContainers', (value) => (Array.isArray(value) ? copyContainers(value.filter(isMap)) : value)],
  ['initContainers', (value) => (Array.isArray(value) ? copyContainers(value.filter(isMap)) : value)],
  ['additionalVolumes', (value) => (Array.isArray(value) ? copyVolumes(value.filter(isMap)) : value)],
  ['logTailer', (value) => (isMap(value) ? canonicalResources(value) : value)],
  ['slowLogTailer', (value) => (isMap(value) ? canonicalResources(value) : value)],
];

function canonicalResources(resources: MapValue): MapValue {
  return within(within(resources, 'limits', canonicalAmounts), 'requests', canonicalAmounts);
}

function canonicalSizeLimit({ sizeLimit, ...emptyDir }: MapValue): MapValue {
  return fields({ ...emptyDir, sizeLimit: sizeLimit === undefined ? undefined : canonical(sizeLimit) });
}

/** The map with the map under a key replaced, if there is one. */
function within(map: MapValue, key: string, change: (inner: MapValue) => MapValue): MapValue {
  const inner = map[key];
  return isMap(inner) ? { ...map, [key]: change(inner) } : map;
}
