import type { Place, Problem } from '../problem/index.ts';

/** Where a problem is, as far as the input tells. */
export function placeOf(problem: Problem): Place {
  if (problem.place !== undefined) return problem.place;
  return problem.origin?.locate(problem.path ?? [], problem.part ?? 'value', problem.spot) ?? {};
}

/** `db/groups.yaml:12:5`, as editors and terminals make links of it. */
export function formatPlace({ file, line, column }: Place): string {
  if (line === undefined) return file ?? '';
  return `${file === undefined ? 'line ' : `${file}:`}${line}:${column}`;
}

/** `TiKVGroup tidb/hot`. */
export function formatResource(problem: Problem): string {
  if (problem.origin === undefined) return '';
  const { kind, namespace, name } = problem.origin.id;
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name === '' ? '(without a name)' : name}`;
}
