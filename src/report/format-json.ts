import { countOf, type Report } from './report.ts';
import { reported } from './reported.ts';

/** For programs: docs/validate.schema.json describes it. */
export function formatJson(report: Report): string {
  const summary = {
    errors: countOf(report, 'error'),
    warnings: countOf(report, 'warning'),
    infos: countOf(report, 'info'),
    resources: report.resources,
    ...(report.unchecked !== undefined && { unchecked: report.unchecked }),
  };
  return `${JSON.stringify({ problems: reported(report.problems), summary }, null, 2)}\n`;
}
