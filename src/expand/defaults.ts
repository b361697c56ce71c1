import { isMap, type MapValue, type Value } from '../yaml/index.ts';
import { mapItems, mapValues } from './map-values.ts';

/** A field that the API server adds to a map, and its value. */
type Default = readonly [name: string, value: Value];

/**
 * What the API server adds and engines report as a change, by the field that holds the map or list: where server-side
 * apply compares a map or a list as a whole, what tells the items of a list apart, and the empty `resources` of
 * containers, which Argo CD does not know for a default. No other field in a pod or a Service has one of these names.
 */
const DEFAULTS: { readonly [field: string]: Default } = {
  containers: ['resources', {}],
  dataSource: ['apiGroup', null],
  fieldRef: ['apiVersion', 'v1'],
  fileKeyRef: ['optional', false],
  initContainers: ['resources', {}],
  ports: ['protocol', 'TCP'],
  resourceFieldRef: ['divisor', '0'],
  serviceAccountToken: ['expirationSeconds', 3600],
};

/** The map with those defaults at any depth. What is written counts. */
export function withDefaults(map: MapValue): MapValue {
  return complete(map, undefined);
}

function complete(map: MapValue, added: Default | undefined): MapValue {
  const whole = mapValues(map, (value, key) => {
    if (typeof value !== 'object') return value;
    const inner = within(value, Object.hasOwn(DEFAULTS, key) ? DEFAULTS[key] : undefined);
    return key === 'volumeClaimTemplates' && Array.isArray(inner) ? inner.map(completeClaim) : inner;
  });
  if (added === undefined || Object.hasOwn(map, added[0])) return whole;
  const [name, value] = added;
  return { ...whole, [name]: isMap(value) ? { ...value } : value };
}

function within(value: Value, added: Default | undefined): Value {
  if (Array.isArray(value)) return mapItems(value, (item) => within(item, added));
  return isMap(value) ? complete(value, added) : value;
}

/** A claim template; without its `apiVersion` and `kind` Argo CD sees a difference forever. */
function completeClaim(claim: Value): Value {
  if (!isMap(claim)) return claim;
  const { spec } = claim;
  const mode = isMap(spec) ? { spec: { ...spec, volumeMode: spec.volumeMode ?? 'Filesystem' } } : {};
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...claim, ...mode };
}
