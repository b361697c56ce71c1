import type { VolumeMount } from '../../api/index.ts';
import type { AnySpec } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { Once } from './once.ts';

/** The user's mounts in the server's container must each have a path of their own. */
export function checkMounts({ additionalVolumeMounts, storageVolumes }: AnySpec, at: Field): void {
  const paths = checkMountPaths(additionalVolumeMounts, at.to('additionalVolumeMounts'));
  storageVolumes?.forEach(({ mountPath }, index) => {
    if (mountPath) checkPath(mountPath, paths, at.to('storageVolumes', index, 'mountPath'));
  });
}

/** Returns the paths that are taken. */
export function checkMountPaths(mounts: readonly VolumeMount[] | undefined, at: Field): Once {
  const paths = new Once();
  mounts?.forEach(({ mountPath }, index) => {
    checkPath(mountPath, paths, at.to(index, 'mountPath'));
  });
  return paths;
}

function checkPath(path: string, paths: Once, at: Field): void {
  const place = withoutSlashes(path);
  if (paths.isNew(place)) return;
  at.add('name-duplicate', `is ${show(path)}, where something else is mounted; mount one of them elsewhere`);
}

/** A path without the slashes that it ends in; the root stays. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}
