import { formatPath } from '../problem/index.ts';
import { inPlaces } from './order.ts';
import { countOf, type Report } from './report.ts';

/** For programs: docs/validate.schema.json describes it. */
export function formatJson(report: Report): string {
  const problems = inPlaces(report.problems).map(({ problem, place }) => {
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
  const summary = {
    errors: countOf(report, 'error'),
    warnings: countOf(report, 'warning'),
    infos: countOf(report, 'info'),
    resources: report.resources,
    ...(report.unchecked !== undefined && { unchecked: report.unchecked }),
  };
  return `${JSON.stringify({ problems, summary }, null, 2)}\n`;
}
