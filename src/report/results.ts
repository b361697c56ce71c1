import { formatPath, type Problem } from '../problem/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { mostImportantFirst } from './order.ts';
import { placeOf } from './place.ts';

/** The `results` of a ResourceList, as the KRM function specification has them. */
export function asResults(problems: readonly Problem[]): MapValue[] {
  return mostImportantFirst(problems).map((problem) => {
    const result: MapValue = { message: problem.message, severity: problem.severity };
    const id = problem.origin?.id;
    if (id !== undefined) {
      const { apiVersion, kind, name, namespace } = id;
      result.resourceRef = { apiVersion, kind, name, ...(namespace !== '' && { namespace }) };
    }
    if (problem.path !== undefined && problem.path.length > 0)
      result.field = { path: formatPath(problem.path) };
    const { file, index } = placeOf(problem);
    if (file !== undefined) result.file = { path: file, ...(index !== undefined && index > 0 && { index }) };
    result.tags = { code: problem.code };
    return result;
  });
}
