import { formatPath, type Origin, type Path, type Problems } from '../../problem/index.ts';

/** Adds a problem for each of the keys, by their paths, that a resource holds twice. */
export function checkDuplicates(origin: Origin, paths: readonly Path[], problems: Problems): void {
  for (const path of paths) {
    const message = `\`${formatPath(path)}\` is written twice, and the last one counts; remove the other one`;
    problems.add('duplicate-key', origin, path, message, 'key');
  }
}
