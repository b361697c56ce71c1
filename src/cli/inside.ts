import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { isDescriptor } from '../io/index.ts';
import { Misuse } from './misuse.ts';

/**
 * The real path of a path from the user. Links above it are allowed; but the path itself may come from a repository, so
 * if it is a link it must stay in its directory. Throws the system's error if there is nothing.
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
