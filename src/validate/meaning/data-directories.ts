import type { ComponentName, Config, Volume } from '../../api/index.ts';
import { type AnySpec, byName, dataDirectories } from '../../components/index.ts';
import { type ConfigPart, type ConfigTable, getKey, type Reader, spotOf } from '../../config/index.ts';
import { type DataDirectory, type Mount, placeOf } from '../../data/index.ts';
import { storageVolumeName } from '../../expand/index.ts';
import { isMap, type Value } from '../../list/index.ts';
import { show } from '../structure/show.ts';
import type { At } from './at.ts';
import { readQuietly } from './config.ts';

const NAMES = /\b(?:dir|dirname|wal-dir|raftdb-path|path|data-dir)\b/;

/** A config, whose keys it has, and who reads it. */
interface NamedConfig {
  readonly part: ConfigPart;
  readonly config: Config | null | undefined;
  readonly reader: Reader;
}

/** A directory of data on no volume, or on one that goes with the pod, is empty after each restart. */
export function checkDataDirectories(
  component: ComponentName,
  spec: AnySpec,
  { part, config, reader }: NamedConfig,
  at: At,
): void {
  if (!config || !mayName(config)) return;
  const table = readQuietly(part, config, reader);
  if (table === undefined) return;
  const mounts = mountsOf(component, spec);
  const configs = new Map([['config', table]]);
  for (const directory of dataDirectories({ component, configs, dataDir: '' })) {
    const { key, path, isSaid } = directory;
    if (!isSaid || !isInUse(directory, table)) continue;
    const place = placeOf(path, mounts);
    const lost = place === undefined ? 'is on no volume' : goesWithPod(place.volume, spec);
    if (lost === undefined) continue;
    const steps = key.split('.');
    const isText = typeof config === 'string';
    const said = isText ? `${at.name}: \`${key}\`` : at.to(...steps).name;
    const message = `${said} is ${show(path)}, which ${lost}, so that what is in it is gone with each restart of the pod; add a volume to \`storageVolumes\` whose \`mountPath\` is above it`;
    if (isText) at.say('data-not-kept', message, 'value', spotOf(config, steps));
    else at.to(...steps).say('data-not-kept', message);
  }
}

/** Whether a config has the name of a directory somewhere: most have none, and need not be read. */
function mayName(config: Value): boolean {
  if (typeof config === 'string') return NAMES.test(config);
  if (!isMap(config)) return false;
  return Object.entries(config).some(([key, value]) => NAMES.test(key) || (isMap(value) && mayName(value)));
}

/** The older Raft log is in use only where the newer one is switched off. */
function isInUse({ key }: DataDirectory, config: ConfigTable): boolean {
  return key !== 'raftstore.raftdb-path' || getKey(config, 'raft-engine.enable') === false;
}

function mountsOf(component: ComponentName, spec: AnySpec): Mount[] {
  const { data, path } = byName[component].claims;
  const merged = spec.additionalContainers?.find(({ name }) => name === component)?.volumeMounts;
  const written = [...(spec.additionalVolumeMounts ?? []), ...(merged ?? [])];
  return [
    ...(data === undefined || path === undefined ? [] : [{ volume: data, path, subPath: '' }]),
    ...(spec.storageClaims ?? []).map((_, index) => ({
      volume: `data${index}`,
      path: `/data${index}`,
      subPath: '',
    })),
    ...(spec.storageVolumes ?? []).flatMap(({ name, mountPath }) =>
      mountPath ? [{ volume: storageVolumeName(component, name), path: mountPath, subPath: '' }] : [],
    ),
    ...written.map(({ name, mountPath, subPath = '' }) => ({ volume: name, path: mountPath, subPath })),
  ];
}

/** What to say of a volume that lasts no longer than its pod. */
function goesWithPod(volume: string, { additionalVolumes }: AnySpec): string | undefined {
  const found = additionalVolumes?.find(({ name }) => name === volume);
  const kind = found && WITH_POD.find((one) => found[one] !== undefined);
  return kind === undefined
    ? undefined
    : `is on the volume ${show(volume)}, an \`${kind}\` that comes with the pod`;
}

const WITH_POD: readonly (keyof Volume)[] = ['emptyDir', 'ephemeral'];
