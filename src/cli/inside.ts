import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { isDescriptor } from '../io/index.ts';
import { Misuse } from './misuse.ts';

/**
 * Where a path that a user gave really is. Links above it are the user's own business; it may itself come from a
 * repository, so where it is a link it must stay in the directory that it is in. Throws as the system does where there
 * is nothing.
 */
export function realOfGiven(path: string): string {
  if (isDescriptor(path)) return path;
  const real = realpathSync.native(path);
  const bare = path.replace(/(?<=[^/\\])[/\\]+$/, '');
  if (!lstatSync(bare).isSymbolicLink()) return real;
  if (isInside(real, realpathSync.native(dirname(bare)))) return real;
  throw new Misuse(
    `"${path}" must not be a link that leads out of its directory; if you mean "${real}", use that path`,
  );
}

/** Where a link among the files of a directory leads; a path that stays in there. */
export function realInside(path: string, given: string, root: string): string {
  const real = realpathSync.native(path);
  if (isInside(real, root)) return real;
  throw new Misuse(
    `"${path}" must not lead out of "${given}", but is a link to "${real}"; replace the link with its target, or name the target on the command line`,
  );
}

function isInside(real: string, root: string): boolean {
  return real === root || real.startsWith(join(root, sep));
}
