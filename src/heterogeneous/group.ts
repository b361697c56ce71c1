import { API_VERSION, ROLLOUT } from '../api/index.ts';
import { type GroupComponent, isSection } from '../components/index.ts';
import { withAnnotations } from '../list/index.ts';
import type { Path } from '../problem/index.ts';
import { isMap, type MapValue, sameValue, setOwn, type Value } from '../yaml/index.ts';
import { type Edit, editedValue } from '../yaml-write/index.ts';
import { droppedKeys } from './dropped-keys.ts';

/** A group that is equivalent to a component of a heterogeneous TidbCluster. */
export interface AdoptedGroup {
  readonly component: GroupComponent;
  readonly object: MapValue;
  /** Settings of the TidbCluster that the group must set itself, because the base differs. */
  readonly said: MapValue;
  /** Annotations that keep its servers as they run. */
  readonly added: MapValue;
  /** What takes those keys out of the config that have no effect in the TidbCluster. */
  readonly dropped: readonly Edit[];
}

/** The settings of a TidbCluster that a component can have too; maps are merged key by key. */
const SHARED = [
  'affinity',
  'annotations',
  'configUpdateStrategy',
  'dnsConfig',
  'dnsPolicy',
  'hostNetwork',
  'imagePullPolicy',
  'imagePullSecrets',
  'labels',
  'nodeSelector',
  'podManagementPolicy',
  'podSecurityContext',
  'priorityClassName',
  'schedulerName',
  'serviceAccount',
  'statefulSetUpdateStrategy',
  'suspendAction',
  'tolerations',
  'topologySpreadConstraints',
  'version',
];

/** Whether a field of a TidbCluster's spec becomes one of the group of a component. */
export function isCarried(field: string, { name }: GroupComponent): boolean {
  return field === name || SHARED.includes(field);
}

const MERGED = ['annotations', 'labels', 'nodeSelector'];

/** What the operator and the API server write by default. */
const DEFAULTS: { readonly [field: string]: Value } = {
  enablePVReclaim: false,
  hostNetwork: false,
  imagePullPolicy: 'IfNotPresent',
  pvReclaimPolicy: 'Retain',
  tlsCluster: { enabled: false },
};

/** What the API server and tools write about a resource, which does not belong to the group. */
export const SERVER_FIELDS: readonly string[] = [
  'creationTimestamp',
  'finalizers',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
];
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The group of a component, for a base whose own settings the group will inherit. `left` are fields of the component's
 * spec that it leaves out.
 */
export function groupOf(
  component: GroupComponent,
  cluster: MapValue,
  base: MapValue,
  left: readonly Path[] = [],
): AdoptedGroup {
  const spec = mapOf(cluster.spec);
  const server = mapOf(spec[component.name]);
  const { clusterDomain: _, ...reference } = mapOf(spec.cluster);
  const said = saidFor(server, spec, mapOf(base.spec));
  const { kind } = component.group;
  // By default it would have probes and hooks that the operator does not write, and so restart.
  const added = component.group.safety === undefined ? {} : { [ROLLOUT]: 'Plain' };
  const metadata = withAnnotations({ metadata: ownMetadata(mapOf(cluster.metadata)) }, added).metadata ?? {};
  const dropped = [
    ...droppedKeys(component, server),
    ...left.map(
      (path): Edit => ({ path: ['spec', ...path.slice(0, -1)], remove: path.slice(-1).map(String) }),
    ),
  ];
  const whole = {
    apiVersion: API_VERSION,
    kind,
    metadata,
    spec: { cluster: reference, ...server, ...said },
  };
  return { component, object: editedValue(whole, dropped), said, added, dropped };
}

function saidFor(server: MapValue, spec: MapValue, base: MapValue): MapValue {
  const said: MapValue = {};
  for (const field of SHARED) {
    const shared = writtenOf(spec, field);
    if (shared === undefined || isSame(field, shared, writtenOf(base, field))) continue;
    const own = writtenOf(server, field);
    if (own === undefined) setOwn(said, field, shared);
    else if (MERGED.includes(field) && isMap(own) && isMap(shared))
      setOwn(said, field, { ...shared, ...own });
  }
  return said;
}

/** A setting that differs in the base and that a group cannot have. */
export interface LostField {
  readonly field: string;
  readonly own: Value | undefined;
  readonly base: Value | undefined;
}

/** The settings of a TidbCluster that its groups would lose to those of the base. */
export function lostFields(cluster: MapValue, base: MapValue): LostField[] {
  const own = mapOf(cluster.spec);
  const other = mapOf(base.spec);
  const fields = new Set([...Object.keys(own), ...Object.keys(other)]);
  return [...fields].sort().flatMap((field): LostField[] => {
    if (field === 'cluster' || isSection(field)) return [];
    const [mine, its] = [writtenOf(own, field), writtenOf(other, field)];
    if (isSame(field, mine, its)) return [];
    // A group can set what the TidbCluster sets, but it cannot unset what the base sets.
    const isSaid = SHARED.includes(field) && mine !== undefined && !hasMore(its, mine);
    return isSaid ? [] : [{ field, own: mine, base: its }];
  });
}

/** Whether a map has keys that another would not take away by being merged over it. */
function hasMore(its: Value | undefined, mine: Value): boolean {
  return isMap(its) && isMap(mine) && Object.keys(its).some((key) => !Object.hasOwn(mine, key));
}

/** Empty text and empty lists count as not written. */
function writtenOf(map: MapValue, field: string): Value | undefined {
  const value = Object.hasOwn(map, field) ? map[field] : undefined;
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return isEmpty ? undefined : value;
}

function isSame(field: string, a: Value | undefined, b: Value | undefined): boolean {
  const orDefault = (value: Value | undefined) => {
    const isEmptyMap = isMap(value) && Object.keys(value).length === 0;
    return value === undefined || isEmptyMap ? DEFAULTS[field] : value;
  };
  return sameValue(orDefault(a), orDefault(b));
}

function ownMetadata(metadata: MapValue): MapValue {
  const own: MapValue = {};
  for (const [key, value] of Object.entries(metadata)) {
    if (!SERVER_FIELDS.includes(key)) setOwn(own, key, value);
  }
  const { [LAST_APPLIED]: _, ...annotations } = mapOf(own.annotations);
  if (Object.keys(annotations).length > 0) own.annotations = annotations;
  else delete own.annotations;
  return own;
}

export function mapOf(value: Value | undefined): MapValue {
  return isMap(value) ? value : {};
}
