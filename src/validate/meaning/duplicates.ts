import { formatPath, type Origin, type Path, type Problems } from '../../problem/index.ts';

/**
 * Adds a problem for each of the keys, by their paths, that a resource holds twice. One that holds both `apiVersion` and
 * `kind` twice is two resources, of which kubectl and kustomize would not find the first either.
 */
export function checkDuplicates(origin: Origin, paths: readonly Path[], problems: Problems): void {
  const own = paths.filter(({ length }) => length === 1);
  const isTwo = ['apiVersion', 'kind'].every((key) => own.some(([one]) => one === key));
  const [first] = own;
  if (isTwo && first !== undefined) {
    const message =
      '`apiVersion` and `kind` are written twice, as if two resources were one, and the first would be lost; is a `---` missing before this line, or in a list a `-`?';
    problems.add('separator-missing', origin, first, message, 'key');
  }
  for (const path of paths) {
    if (isTwo && path.length === 1) continue;
    const message = `\`${formatPath(path)}\` is written twice, and the last one counts; remove the other one`;
    problems.add('duplicate-key', origin, path, message, 'key');
  }
}
