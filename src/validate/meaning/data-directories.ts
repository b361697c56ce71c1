import type { Volume } from '../../api/index.ts';
import { type AnySpec, type Component, dataMounts } from '../../components/index.ts';
import { type ConfigTable, getKey, spotOf } from '../../config/index.ts';
import { type DataDirectory, type Mount, MountedVolumes } from '../../data/index.ts';
import { storageVolumeName } from '../../expand/index.ts';
import { isMap, type Value } from '../../list/index.ts';
import { show } from '../structure/show.ts';
import { readQuietly } from './config.ts';
import type { WrittenConfig } from './config-key.ts';

const NAMES = /\b(?:dir|dirname|wal-dir|raftdb-path|kvstore_path|path|data-dir)\b/;

/** A directory of data on no volume, or on one that goes with the pod, is empty after each restart. */
export function checkDataDirectories({ component, config, reader, at }: WrittenConfig, spec: AnySpec): void {
  if (component.directories === undefined || !mayName(config)) return;
  const table = readQuietly(component.configs[0], config, reader);
  if (table === undefined) return;
  const mounted = new MountedVolumes(mountsOf(component, spec));
  for (const directory of component.directories(table, '')) {
    const { key, path, isSaid } = directory;
    if (!isSaid || !isInUse(directory, table)) continue;
    const place = mounted.placeOf(path);
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

function mountsOf(component: Component, spec: AnySpec): Mount[] {
  const merged = spec.additionalContainers?.find(({ name }) => name === component.name)?.volumeMounts;
  const written = [...(spec.additionalVolumeMounts ?? []), ...(merged ?? [])];
  return [
    ...dataMounts(component, spec),
    ...(spec.storageVolumes ?? []).flatMap(({ name, mountPath }) =>
      mountPath ? [{ volume: storageVolumeName(component.name, name), path: mountPath, subPath: '' }] : [],
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
