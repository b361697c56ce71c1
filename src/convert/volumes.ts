import { storageVolumeName } from '../expand/index.ts';
import type { Path } from '../problem/index.ts';
import { isMap } from '../yaml/index.ts';
import { type Draft, type Fields, fieldsOf } from '../yaml-write/draft.ts';
import type { Group } from './group.ts';

const DATA = 'data';
const CLASSES = ['storageClassName', 'volumeAttributesClassName'] as const;

/** What v2 puts before the name of a volume in a pod. */
const PREFIX = 'ti-vol-';

/** The volumes of a group: that for its data, and those of `storageVolumes`. */
export function convertVolumes(group: Group): void {
  const volumes = [...dataVolume(group), ...storageVolumes(group)];
  if (volumes.length > 0) group.set(['volumes'], volumes);
  if (volumes.some((volume) => volume.has('volumeAttributesClassName')))
    group.features.add('VolumeAttributesClass');
}

function dataVolume(group: Group): Fields[] {
  const { inV2, component } = group.source;
  const { data } = inV2;
  if (data === undefined || data.at.length > 0) {
    if (group.value('requests', 'storage') !== undefined)
      group.lost(['requests', 'storage'], 'its servers have no such volume');
  }
  if (data === undefined) return [];
  const size =
    data.at.length > 0 ? [...data.at, 'resources', 'requests', 'storage'] : ['requests', 'storage'];
  const storage = group.take(...size);
  if (storage === undefined) {
    group.report.refused(
      group.own,
      size,
      `is missing, and ${component.title} must have a volume for its data; write its size`,
    );
    return [];
  }
  if (data.at.length > 0) reportOthers(group, data.at);
  group.renamedVolumes.set(component.claims.data ?? `${DATA}0`, `${PREFIX}${DATA}`);
  const subPath = group.value('dataSubDir');
  if (subPath !== undefined)
    group.changed(['dataSubDir'], 'it is a directory of the volume, and the server sees nothing above it');
  const mount = fieldsOf({ type: DATA, mountPath: data.mountPath, subPath: group.take('dataSubDir') });
  const [storageClassName, volumeAttributesClassName] = CLASSES.map((field) =>
    classAt(group, [...data.at, field]),
  );
  return [fieldsOf({ name: DATA, mounts: [mount], storage, storageClassName, volumeAttributesClassName })];
}

/** An empty class is one too: it means none. */
function classAt({ own }: Group, path: Path): Draft | undefined {
  return own.written(...path) === '' ? '' : own.take(...path);
}

/** What a claim of TiFlash can have beside its size. */
function reportOthers({ own, report }: Group, at: Path): void {
  const its = [...at, 'resources'];
  const known = ['requests'];
  for (const key of own.keys(...its).filter((one) => !known.includes(one)))
    report.lost(own, [...its, key], '');
  for (const key of own.keys(...its, 'requests')) {
    if (key !== 'storage') report.lost(own, [...its, 'requests', key], '');
  }
}

function storageVolumes(group: Group): Fields[] {
  const { component, inV2 } = group.source;
  const written = group.value('storageVolumes');
  const hasData = inV2.data !== undefined;
  const volumes = Array.isArray(written) ? written : [];
  for (const field of CLASSES) {
    const isUsed = hasData || volumes.some((volume) => isMap(volume) && !volume[field]);
    if (!isUsed && group.value(field) !== undefined) group.lost([field], 'no volume here goes by it');
  }
  return volumes.map((_, index) => {
    const at = ['storageVolumes', index];
    const name = String(group.value(...at, 'name'));
    if (hasData && name === DATA) {
      const why =
        'is "data", which is the volume for the data of the server in TiDB Operator v2; rename it first';
      group.report.refused(group.own, [...at, 'name'], why);
    }
    group.renamedVolumes.set(storageVolumeName(component.name, name), `${PREFIX}${name}`);
    const mountPath = group.take(...at, 'mountPath');
    const isSlowLog = group.value('slowLogVolumeName') === name && group.value('separateSlowLog') !== false;
    const mount = fieldsOf({ type: isSlowLog ? 'slowlog' : 'custom', mountPath });
    const classOf = (field: string) => group.take(...at, field) ?? classAt(group, [field]);
    return fieldsOf({
      name: group.take(...at, 'name'),
      mounts: mountPath === undefined && !isSlowLog ? [] : [mount],
      storage: group.take(...at, 'storageSize'),
      storageClassName: classOf('storageClassName'),
      volumeAttributesClassName: classOf('volumeAttributesClassName'),
    });
  });
}

/** A log's volume that is one of `additionalVolumes`, which v2 has no such mount of. */
export function reportLogVolume(group: Group): void {
  const name = group.value('slowLogVolumeName');
  const volumes = group.value('storageVolumes');
  const isClaimed = Array.isArray(volumes) && volumes.some((volume) => isMap(volume) && volume.name === name);
  if (name === undefined || isClaimed || group.value('separateSlowLog') === false) return;
  group.lost(
    ['slowLogVolumeName'],
    'the volume must be one of `storageVolumes`; the slow log goes to a directory of the pod',
  );
}
