import type { VolumeMount } from '../../api/index.ts';
import { componentIn } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { claimNames } from '../meaning/volumes.ts';
import { FORMATS } from '../structure/formats.ts';
import { show } from '../structure/show.ts';
import { generatedPod } from './generated.ts';
import type { Servers } from './pod.ts';

/**
 * Names of volumes: none may be another's that is generated, and what is mounted must be there. Of a group, the render
 * itself looks for that in the finished pod, but for the volume that is named after a probe.
 */
export function checkNames(servers: Servers): void {
  checkProbe(servers);
  const generated = generatedPod(servers.component);
  if (servers.isGroup || generated === undefined) return;
  const { component, spec, at } = servers;
  const leavesOut = componentIn(component)?.leavesOutVolumes ?? false;
  const volumes = (!leavesOut && spec.additionalVolumes) || [];
  volumes.forEach(({ name }, index) => {
    // What is claimed is looked for with the claims.
    if (!Object.hasOwn(generated.volumes, name) || claimNames(component, spec).includes(name)) return;
    const message = `is ${show(name)}, the name of a volume that TiDB Operator makes; give this one another name`;
    at.to('additionalVolumes', index, 'name').add('name-duplicate', message);
  });
  const there = new Set([
    ...Object.keys(generated.volumes),
    ...generated.others,
    ...claimNames(component, spec),
    ...(spec.storageClaims ?? []).map((_, index) => `data${index}`),
    ...volumes.map(({ name }) => name),
    ...(spec.customizedStartupProbe ? [spec.customizedStartupProbe.binaryName] : []),
  ]);
  const mounted = Object.values(generated.volumes);
  const checkMounts = (mounts: readonly VolumeMount[] | undefined, isServer: boolean, place: Field) => {
    mounts?.forEach(({ name, mountPath }, index) => {
      const here = place.to(index);
      if (!there.has(name)) {
        const way = leavesOut ? 'TiDB Operator adds no volumes to these' : 'add it to `additionalVolumes`';
        const message = `must be the name of a volume, but the pod has no ${show(name)}; ${way}`;
        here.to('name').add('volume-not-found', message);
      }
      if (!isServer || !mounted.includes(mountPath)) return;
      const message = `is ${show(mountPath)}, where TiDB Operator mounts something; mount this elsewhere`;
      here.to('mountPath').add('name-duplicate', message);
    });
  };
  if (!leavesOut) checkMounts(spec.additionalVolumeMounts, true, at.to('additionalVolumeMounts'));
  for (const list of ['additionalContainers', 'initContainers'] as const) {
    spec[list]?.forEach(({ volumeMounts }, index) => {
      checkMounts(volumeMounts, false, at.to(list, index, 'volumeMounts'));
    });
  }
}

/** The binary of a start-up probe names a volume and a container too. */
function checkProbe({ component, spec, at, isGroup }: Servers): void {
  const name = spec.customizedStartupProbe?.binaryName;
  if (name === undefined) return;
  const rule = FORMATS['dns-label'];
  if (!isGroup && !rule?.matches(name)) {
    const message = `also names a volume and a container, so it must be ${rule?.must}, but ${show(name)} is not; rename the file in the image`;
    at.to('customizedStartupProbe', 'binaryName').add('name-not-dns', message);
    return;
  }
  const { volumes = {}, containers = [] } = generatedPod(component) ?? {};
  const users = [
    ...(spec.additionalContainers ?? []),
    ...(spec.initContainers ?? []),
    ...(spec.additionalVolumes ?? []),
  ];
  const taken = [
    ...Object.keys(volumes),
    ...containers,
    ...claimNames(component, spec),
    ...(spec.separateSlowLog === false ? [] : ['slowlog']),
    ...users.map((one) => one.name),
  ];
  if (!taken.includes(name)) return;
  const message = `is ${show(name)}, which also names a volume and a container, and the pod has one with that name; rename the file in the image`;
  at.to('customizedStartupProbe', 'binaryName').add('name-duplicate', message);
}
