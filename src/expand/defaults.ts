import { isMap, type MapValue, type Value } from '../yaml/index.ts';

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

/** The map with those defaults, if it is in a field, or a list in a field, of that name. What is written counts. */
export function withDefaults(map: MapValue, field: string | undefined): MapValue {
  if (field === undefined) return map;
  if (field === 'volumeClaimTemplates') return completeClaim(map);
  const added = Object.hasOwn(DEFAULTS, field) ? DEFAULTS[field] : undefined;
  if (added === undefined || Object.hasOwn(map, added[0])) return map;
  const [name, value] = added;
  return { ...map, [name]: isMap(value) ? { ...value } : value };
}

/** A claim template; without its `apiVersion` and `kind` Argo CD sees a difference forever. */
function completeClaim(claim: MapValue): MapValue {
  const { spec } = claim;
  const mode = isMap(spec) ? { spec: { ...spec, volumeMode: spec.volumeMode ?? 'Filesystem' } } : {};
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...claim, ...mode };
}
