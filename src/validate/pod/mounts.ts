import type { VolumeMount } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { Once } from '../meaning/once.ts';
import { show } from '../structure/show.ts';
import type { NewerContainer } from './newer.ts';
import type { PodVolumes } from './pod-volumes.ts';

type VolumeDevice = NonNullable<NewerContainer['volumeDevices']>[number];

/** The fields of a mount that exclude or need each other. */
export function checkMount(mount: VolumeMount, isPrivileged: boolean, at: Field): void {
  const { subPath, subPathExpr, mountPropagation, recursiveReadOnly, readOnly } = mount;
  if (subPath && subPathExpr) {
    const message = `must not be set together with \`subPath\`, which is ${show(subPath)}; remove one of them`;
    at.to('subPathExpr').add('field-choice', message, 'key');
  }
  if (mountPropagation === 'Bidirectional' && !isPrivileged) {
    const message =
      'must not be "Bidirectional" in a container without `securityContext: {privileged: true}`; write "HostToContainer", or make the container privileged';
    at.to('mountPropagation').add('field-choice', message);
  }
  if (recursiveReadOnly === 'Enabled' || recursiveReadOnly === 'IfPossible') {
    const here = at.to('recursiveReadOnly');
    if (!readOnly) {
      here.add('field-choice', 'requires `readOnly: true`; write that too, or remove it', 'key');
    } else if (mountPropagation && mountPropagation !== 'None') {
      const message = `must not be set together with \`mountPropagation: ${mountPropagation}\`; remove one of them`;
      here.add('field-choice', message, 'key');
    }
  }
}

/** Raw devices: claims that are mounted nowhere as well, each once. */
export function checkDevices(
  devices: readonly VolumeDevice[],
  mounts: readonly VolumeMount[],
  volumes: PodVolumes,
  at: Field,
): void {
  const [names, paths] = [new Once(), new Once()];
  devices.forEach(({ name, devicePath }, index) => {
    const here = at.to(index);
    if (!names.isNew(name)) {
      here.to('name').add('name-duplicate', `is ${show(name)}, which is listed above already; remove one`);
    } else if (mounts.some((mount) => mount.name === name)) {
      const message = `is ${show(name)}, which \`volumeMounts\` mounts too; remove one of them`;
      here.to('name').add('name-duplicate', message);
    } else if (!volumes.claims.has(name)) {
      const message = `must be the name of a volume that is claimed, but ${show(name)} is not; add one to \`additionalVolumes\` with \`persistentVolumeClaim\``;
      here.to('name').add('volume-not-found', message);
    }
    if (!paths.isNew(devicePath) || mounts.some(({ mountPath }) => mountPath === devicePath)) {
      const message = `is ${show(devicePath)}, which something else uses; choose another path`;
      here.to('devicePath').add('name-duplicate', message);
    }
  });
}
