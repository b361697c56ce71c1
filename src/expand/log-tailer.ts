import type { SidecarSpec, StorageVolume, Volume, VolumeMount } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { copy, copyList, fields } from './copy.ts';
import type { Member } from './member.ts';
import { storageVolumeName } from './names.ts';
import { join } from './paths.ts';
import { containerResources } from './resources.ts';
import { quote } from './shell.ts';
import { storageMounts } from './volumes.ts';

/** A log file of the server, and the mount through which a sidecar sees it too. */
export interface LogFile {
  readonly file: string;
  readonly mount: MapValue;
}

/** A sidecar that shows one of the server's log files as its own output. */
export function logTailer(
  name: string,
  { file, mount }: LogFile,
  sidecar: SidecarSpec | undefined,
  { helper }: Member,
): MapValue {
  const path = quote(file);
  return fields({
    name,
    image: helper.image,
    imagePullPolicy: helper.imagePullPolicy,
    command: ['sh', '-c', `touch ${path}; tail -n0 -F ${path};`],
    resources: containerResources(sidecar ?? {}),
    securityContext: copy(sidecar?.securityContext),
    volumeMounts: [mount],
  });
}

interface Volumes {
  readonly storageVolumes?: readonly StorageVolume[];
  readonly additionalVolumes?: readonly Volume[];
  readonly additionalVolumeMounts?: readonly VolumeMount[];
}

/** A log file in a volume that the user names: one of `storageVolumes`, or an additional one that is mounted. */
export function logFileIn(
  volume: string,
  file: string,
  { component, spec }: Member<Member['spec'] & Volumes>,
): LogFile | undefined {
  const { storageVolumes, additionalVolumes, additionalVolumeMounts } = spec;
  const stored = storageVolumeName(component, volume);
  const added = additionalVolumes?.some(({ name }) => name === volume);
  const mount =
    storageMounts(component, storageVolumes).find(({ name }) => name === stored) ??
    (added ? copyList(additionalVolumeMounts).find(({ name }) => name === volume) : undefined);
  // Validation has reported a volume that is not one of these.
  if (typeof mount?.mountPath !== 'string') return undefined;
  return { file: join(mount.mountPath, file), mount };
}
