import { isMore, sizeOf } from '../api/index.ts';
import { type MapValue, mapAt, mapsAt, sameValue, type Value, valueAt } from '../yaml/index.ts';
import { asCreated, isAmount, type WriteAmount } from './as-created.ts';
import { asUpdated } from './as-updated.ts';
import { refusedInService } from './service.ts';

/** A field that an update may not change, and does. */
export interface RefusedField {
  readonly path: readonly string[];
  /** Undefined if it is not there, or where Kubernetes has filled it in with what no file tells. */
  readonly old: Value | undefined;
  readonly new: Value | undefined;
  /** Where it is not the change of the field itself that is refused. */
  readonly because?: string;
}

/** The fields of its spec that may change; all others are fixed once it is there. */
const OF_STATEFUL_SET = new Set([
  'minReadySeconds',
  'ordinals',
  'persistentVolumeClaimRetentionPolicy',
  'replicas',
  'revisionHistoryLimit',
  'template',
  'updateStrategy',
]);

/**
 * What the API server refuses of a resource that is applied over an earlier state of it, where it would take either of
 * them by itself. Source: the functions `Validate…Update` of Kubernetes' APIs.
 */
export function refusedFields(old: MapValue, now: MapValue): RefusedField[] {
  if (old.kind !== now.kind || old.apiVersion !== now.apiVersion || sameValue(old, now)) return [];
  switch (now.kind) {
    case 'ConfigMap':
      return refusedInConfigMap(old, now);
    case 'Job':
      return refusedInJob(old, now);
    case 'PersistentVolumeClaim':
      return refusedInClaim(old, now);
    case 'Service':
      return refusedInService(old, now);
    case 'StatefulSet':
      return [...changedIn(old, now, (field) => !OF_STATEFUL_SET.has(field)), ...refusedStrategy(old, now)];
    default:
      return [];
  }
}

interface Specs {
  readonly was: MapValue;
  readonly is: MapValue;
}

/** As they are stored, one after the other. */
function specsOf(old: MapValue, now: MapValue, write?: WriteAmount): Specs {
  return { was: mapAt(asCreated(old, write), 'spec'), is: mapAt(asUpdated(old, now, write), 'spec') };
}

/** The fields of the specs that differ; equal amounts in another spelling do not. */
function changedIn(old: MapValue, now: MapValue, isFixed: (field: string) => boolean): RefusedField[] {
  const { was, is } = specsOf(old, now, sizeOf);
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (field) => isFixed(field) && !sameValue(was[field], is[field]),
  );
  if (changed.length === 0) return [];
  const shown = specsOf(old, now);
  return changed.map((field) => ({ path: ['spec', field], old: shown.was[field], new: shown.is[field] }));
}

/** Where nothing was said of the strategy, a partition was filled in, which no other strategy may have. */
function refusedStrategy(old: MapValue, now: MapValue): RefusedField[] {
  const type = valueAt(now, 'spec', 'updateStrategy', 'type');
  if (!type || type === 'RollingUpdate') return [];
  const { was, is } = specsOf(old, now);
  const [before, after] = [mapAt(was, 'updateStrategy'), mapAt(is, 'updateStrategy')];
  if (after.type === 'RollingUpdate' || after.rollingUpdate === undefined) return [];
  const path = ['spec', 'updateStrategy', 'type'];
  return [{ path, old: before.type, new: after.type, because: '`rollingUpdate` stays as it was filled in' }];
}

function refusedInConfigMap(old: MapValue, now: MapValue): RefusedField[] {
  if (old.immutable !== true) return [];
  const [was, is] = [asCreated(old), asCreated(now)];
  return ['immutable', 'data', 'binaryData']
    .filter((field) => !sameValue(was[field], is[field]))
    .map((field) => ({ path: [field], old: was[field], new: is[field] }));
}

/** Of a claim that has its volume, which may grow. */
function refusedInClaim(old: MapValue, now: MapValue): RefusedField[] {
  const size = ['spec', 'resources', 'requests', 'storage'];
  const [was, is] = [valueAt(old, ...size), valueAt(now, ...size)];
  if (!isAmount(was) || !isAmount(is)) return [];
  const isFixed = (field: string) =>
    field !== 'volumeAttributesClassName' &&
    // A class may be written into a claim that was made before there was a default one.
    (field !== 'storageClassName' || valueAt(old, 'spec', field) !== undefined);
  const refused = changedIn(withSize(old, is), now, isFixed);
  return isMore(was, is) ? [...refused, { path: size, old: was, new: is }] : refused;
}

function withSize(claim: MapValue, storage: Value): MapValue {
  const spec = mapAt(claim, 'spec');
  const resources = mapAt(spec, 'resources');
  const requests = { ...mapAt(resources, 'requests'), storage };
  return { ...claim, spec: { ...spec, resources: { ...resources, requests } } };
}

const OF_JOB = new Set([
  'backoffLimitPerIndex',
  'completionMode',
  'managedBy',
  'podFailurePolicy',
  'successPolicy',
]);

function refusedInJob(old: MapValue, now: MapValue): RefusedField[] {
  const { was, is } = specsOf(old, now);
  const countsTogether = is.completionMode === 'Indexed' && is.completions === is.parallelism;
  const isFixed = (field: string) => OF_JOB.has(field) || (field === 'completions' && !countsTogether);
  const refused = changedIn(old, now, isFixed);
  const [before, after] = was.suspend === true ? [movable(was), movable(is)] : [was, is];
  if (sameValue(before.template, after.template)) return refused;
  return [...refused, { path: ['spec', 'template'], old: was.template, new: is.template }];
}

/** Without what may still change while a Job is suspended: where its pods run, and what they ask for. */
function movable(spec: MapValue): MapValue {
  const { spec: pod = null, metadata: _ } = mapAt(spec, 'template');
  const { affinity, nodeSelector, schedulingGates, tolerations, ...fixed } = mapAt(pod);
  const { nodeAffinity, ...others } = mapAt(affinity);
  const containers = mapsAt(pod, 'containers').map(({ resources, ...container }) => container);
  const initContainers = mapsAt(pod, 'initContainers').map(({ resources, ...container }) => container);
  return { template: { ...fixed, affinity: others, containers, initContainers } };
}
