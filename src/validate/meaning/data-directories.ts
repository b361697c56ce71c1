import { type AnySpec, type Component, dataMounts } from '../../components/index.ts';
import { type ConfigTable, getKey, spotOf } from '../../config/index.ts';
import { type DataDirectory, EMPTY_WITH_POD, Mounts } from '../../data/index.ts';
import { storageVolumeName } from '../../expand/index.ts';
import { isMap, type Value } from '../../yaml/index.ts';
import { show } from '../structure/show.ts';
import { readQuietly } from './config.ts';
import type { WrittenConfig } from './config-key.ts';

const NAMES = /\b(?:dir|dirname|wal-dir|raftdb-path|kvstore_path|path|data-dir)\b/;

/** A data directory on no volume, or on one that is deleted with the pod, is empty after each restart. */
export function checkDataDirectories(
  { component, part, config, reader, at }: WrittenConfig,
  spec: AnySpec,
): void {
  const { directories, configFacts } = component;
  const scratch = configFacts?.scratch ?? [];
  if ((directories === undefined && scratch.length === 0) || !mayName(config)) return;
  const table = readQuietly(part, config, reader);
  if (table === undefined) return;
  const mounts = mountsOf(component, spec);
  for (const directory of [...(directories?.(table, '') ?? []), ...saidIn(table, scratch)]) {
    const { key, path, isSaid } = directory;
    if (!isSaid || !isInUse(directory, table)) continue;
    const place = mounts.placeOf(path);
    const lost = place === undefined ? 'is on no volume' : goesWithPod(place.volume, spec);
    if (lost === undefined) continue;
    const steps = key.split('.');
    const isText = typeof config === 'string';
    const said = isText ? `${at.name}: \`${key}\`` : at.to(...steps).name;
    const message = `${said} is ${show(path)}, which ${lost}, so its contents are lost with each restart of the pod; ${adviceOf(component)}`;
    if (isText) at.say('data-not-kept', message, 'value', spotOf(config, steps));
    else at.to(...steps).say('data-not-kept', message);
  }
}

function saidIn(table: ConfigTable, keys: readonly string[]): DataDirectory[] {
  return keys.flatMap((key) => {
    const path = getKey(table, key);
    return typeof path === 'string' && path !== '' ? [{ key, path, isSaid: true }] : [];
  });
}

function adviceOf({ claims }: Component): string {
  return claims.areListed
    ? 'write a directory in one of `storageClaims`: the first is mounted at "/data0", the next at "/data1"'
    : 'add a volume to `storageVolumes` whose `mountPath` contains it';
}

/** Whether a config has the name of a directory somewhere: most have none, and need not be read. */
function mayName(config: Value): boolean {
  if (typeof config === 'string') return NAMES.test(config);
  if (!isMap(config)) return false;
  return Object.entries(config).some(([key, value]) => NAMES.test(key) || (isMap(value) && mayName(value)));
}

/** The older Raft log is used only if the newer one is switched off. */
function isInUse({ key }: DataDirectory, config: ConfigTable): boolean {
  return key !== 'raftstore.raftdb-path' || getKey(config, 'raft-engine.enable') === false;
}

function mountsOf(component: Component, spec: AnySpec): Mounts {
  const merged = spec.additionalContainers?.find(({ name }) => name === component.name)?.volumeMounts;
  const written = [...(spec.additionalVolumeMounts ?? []), ...(merged ?? [])];
  return new Mounts([
    ...dataMounts(component, spec),
    ...(spec.storageVolumes ?? []).flatMap(({ name, mountPath }) =>
      mountPath ? [{ volume: storageVolumeName(component.name, name), path: mountPath, subPath: '' }] : [],
    ),
    ...written.map(({ name, mountPath, subPath = '' }) => ({ volume: name, path: mountPath, subPath })),
  ]);
}

/** What to say about a volume that is deleted with its pod. */
function goesWithPod(volume: string, { additionalVolumes }: AnySpec): string | undefined {
  const found = additionalVolumes?.find(({ name }) => name === volume);
  const kind = found && EMPTY_WITH_POD.find((one) => found[one] !== undefined);
  return kind === undefined
    ? undefined
    : `is on the volume ${show(volume)}, an \`${kind}\` that is deleted with the pod`;
}
