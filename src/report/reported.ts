import { type Code, formatPath, type Problem, type ResourceId, type Severity } from '../problem/index.ts';
import { inPlaces } from './order.ts';

/** A problem as plain data: what JSON and the library give. Lines and columns count from 1. */
export interface ReportedProblem {
  /** What kind of problem it is; `docs/problems.md` explains each. */
  readonly code: Code;
  readonly severity: Severity;
  /** One line: what is wrong, and what to do. */
  readonly message: string;
  /** The resource that it is in; absent if none could be read. */
  readonly resource?: Omit<ResourceId, 'namespace'> & { readonly namespace?: string };
  /** The way to the field, such as `spec.env[0].name`. */
  readonly field?: string;
  readonly file?: string;
  /** Position among the documents of the file, from 0. */
  readonly index?: number;
  readonly line?: number;
  readonly column?: number;
  /** Just behind the last character. */
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** Problems as plain data: errors first, and each severity as a reader goes through the files. */
export function reported(problems: readonly Problem[]): ReportedProblem[] {
  return inPlaces(problems).map(({ problem, place }) => {
    const { code, severity, message, origin, path = [] } = problem;
    const { apiVersion = '', kind = '', namespace = '', name = '' } = origin?.id ?? {};
    return {
      code,
      severity,
      message,
      ...(origin !== undefined && {
        resource: { apiVersion, kind, ...(namespace !== '' && { namespace }), name },
      }),
      ...(path.length > 0 && { field: formatPath(path) }),
      ...place,
    };
  });
}
