import { isSection } from '../components/index.ts';
import type { Path, Problem } from '../problem/index.ts';
import { nearest } from '../validate/index.ts';
import { isMap, type MapValue, type Value } from '../yaml/index.ts';

/** What is left of a resource without the fields that have not their structure. */
export interface SoundPart {
  readonly object: MapValue;
  /** Whether a field is one of those, or what can only be judged with them. */
  isMissing(path: Path): boolean;
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
const NEEDED_BY: { readonly [field: string]: readonly string[] } = {
  additionalContainers: ['config', 'initContainers'],
  additionalVolumeMounts: ['config', 'initContainers', 'additionalContainers'],
  additionalVolumes: ON_VOLUMES,
  annotations: ['config'],
  env: ['config'],
  image: ['version'],
  limits: ['requests', 'claims'],
  requests: ['limits', 'claims'],
  separateRaftLog: ['raftLogVolumeName'],
  separateRocksDBLog: ['rocksDBLogVolumeName'],
  separateSlowLog: ['slowLogVolumeName'],
  slowLogVolumeName: ['slowLogTailer'],
  storageClaims: ON_VOLUMES,
  storageVolumes: ON_VOLUMES,
  version: [],
};

/**
 * The part of a group or TidbCluster that can be checked although some fields are not as they must be. Undefined if
 * nothing is certain, because more than fields of its spec is wrong.
 */
export function soundPart(object: MapValue, errors: readonly Problem[]): SoundPart | undefined {
  const { spec } = object;
  const missing: Path[] = [];
  let sound: MapValue | undefined = isMap(spec) ? spec : undefined;
  for (const { path = [] } of errors) {
    const [root, first] = path;
    if (sound === undefined || root !== 'spec' || typeof first !== 'string') return undefined;
    const section = sound[first];
    if (object.kind === 'TidbCluster' && isSection(first) && isMap(section) && typeof path[2] === 'string') {
      sound = { ...sound, [first]: without(section, path[2], ['spec', first], missing) };
    } else sound = without(sound, first, ['spec'], missing);
  }
  const isMissing = (path: Path) => missing.some((one) => startsWith(path, one) || startsWith(one, path));
  return sound && { object: { ...object, spec: sound }, isMissing };
}

function without(map: MapValue, field: string, at: Path, missing: Path[]): MapValue {
  // A misspelled field is missing where it should be.
  const meant = nearest(field, [...Object.keys(NEEDED_BY), ...Object.keys(STAND_INS)]) ?? field;
  const lost = new Set([field, meant, ...(NEEDED_BY[field] ?? []), ...(NEEDED_BY[meant] ?? [])]);
  for (const one of lost) missing.push([...at, one]);
  const kept = Object.entries(map).filter(([key]) => !lost.has(key));
  const standIns = Object.entries(STAND_INS).filter(([key]) => lost.has(key));
  return Object.fromEntries([...kept, ...standIns]);
}

function startsWith(path: Path, start: Path): boolean {
  return start.length <= path.length && start.every((step, index) => path[index] === step);
}
