import { DRAIN_TO, DRAINED_TO, type TidbCluster } from '../api/index.ts';
import { isSection } from '../components/index.ts';
import type { Path, Problem, Subject } from '../problem/index.ts';
import { type Group, nearestIn } from '../validate/index.ts';
import { isMap, type MapValue, type Value } from '../yaml/index.ts';

/** What is left of a resource without the fields that have not their structure. */
export interface SoundPart {
  readonly object: MapValue;
  /** Whether a field is one of those, or what can only be judged with them. */
  isMissing(path: Path): boolean;
}

/** A cluster or a group as far as it is sound. */
export interface Part {
  readonly cluster?: Subject<TidbCluster>;
  readonly group?: Group;
  readonly sound: SoundPart;
}

/** What stands in for a field that there must be. */
const STAND_INS: { readonly [field: string]: Value } = {
  cluster: { name: 'some' },
  replicas: 1,
  storageClaims: [],
};

const MOUNTS = ['additionalContainers', 'additionalVolumeMounts', 'initContainers'];
const ON_VOLUMES = [
  ...MOUNTS,
  'config',
  'raftLogVolumeName',
  'rocksDBLogVolumeName',
  'slowLogVolumeName',
  'tlsClientSecretNames',
];

/** Which other fields cannot be judged without a field. */
const NEEDED_BY: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    additionalContainers: ['config', 'initContainers', 'autoscale'],
    additionalVolumeMounts: ['config', 'initContainers', 'additionalContainers'],
    additionalVolumes: ON_VOLUMES,
    annotations: ['config', 'env'],
    env: ['config'],
    hostNetwork: ['networkPolicy'],
    image: ['version'],
    limits: ['requests', 'claims', 'autoscale'],
    requests: ['limits', 'claims', 'autoscale'],
    separateRaftLog: ['raftLogVolumeName'],
    separateRocksDBLog: ['rocksDBLogVolumeName'],
    separateSlowLog: ['slowLogVolumeName'],
    service: ['trafficDistribution'],
    slowLogVolumeName: ['slowLogTailer'],
    storageClaims: ON_VOLUMES,
    storageVolumes: ON_VOLUMES,
    version: [],
    zones: ['trafficDistribution'],
  }),
);

const nearestName = nearestIn([...NEEDED_BY.keys(), ...Object.keys(STAND_INS)]);

/**
 * The part of a group or TidbCluster that can be checked although some fields are not as they must be. Undefined if
 * nothing is certain, because more than fields of its spec is wrong.
 */
export function soundPart(object: MapValue, errors: readonly Problem[]): SoundPart | undefined {
  const { spec } = object;
  if (!isMap(spec)) return undefined;
  const lost = new Set<string>();
  const lostIn = new Map<string, Set<string>>();
  for (const { path: [root, first, second] = [] } of errors) {
    if (root !== 'spec' || typeof first !== 'string') return undefined;
    if (
      object.kind === 'TidbCluster' &&
      isSection(first) &&
      isMap(spec[first]) &&
      typeof second === 'string'
    ) {
      lose(second, lostIn.get(first) ?? setIn(lostIn, first));
    } else lose(first, lost);
  }
  const parts = Object.entries(spec).map(([key, value]): [string, Value] => {
    const fields = lostIn.get(key);
    return [key, fields !== undefined && isMap(value) ? without(value, fields) : value];
  });
  const sound = without(Object.fromEntries(parts), lost);
  return { object: { ...object, spec: sound }, isMissing: (path) => isLost(path, lost, lostIn) };
}

function setIn(sets: Map<string, Set<string>>, key: string): Set<string> {
  const made = new Set<string>();
  sets.set(key, made);
  return made;
}

/** Adds a field that is wrong, and what cannot be judged without it. */
function lose(field: string, lost: Set<string>): void {
  // A misspelled field is missing where it should be.
  const meant = nearestName(field) ?? field;
  for (const one of [field, meant]) {
    lost.add(one);
    for (const other of NEEDED_BY.get(one) ?? []) lost.add(other);
  }
}

function without(map: MapValue, lost: ReadonlySet<string>): MapValue {
  if (lost.size === 0) return map;
  const kept = Object.entries(map).filter(([key]) => !lost.has(key));
  const standIns = Object.entries(STAND_INS).filter(([key]) => lost.has(key));
  return Object.fromEntries([...kept, ...standIns]);
}

/** Whether a path is that of a lost field, of something in one, or of what one is in. */
function isLost(
  [root, first, second]: Path,
  lost: ReadonlySet<string>,
  lostIn: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  if (root === undefined) return lost.size > 0 || lostIn.size > 0;
  if (root === 'metadata') return (second === DRAINED_TO || second === DRAIN_TO) && lost.has('replicas');
  if (root !== 'spec') return false;
  if (first === undefined) return lost.size > 0 || lostIn.size > 0;
  if (lost.has(String(first))) return true;
  const fields = lostIn.get(String(first));
  return fields !== undefined && (second === undefined || fields.has(String(second)));
}
