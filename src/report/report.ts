import type { Problem, Severity } from '../problem/index.ts';
import { counted } from '../text/index.ts';

/** The result of a validation. */
export interface Report {
  readonly problems: readonly Problem[];
  /** How many resources were looked at. */
  readonly resources: number;
  /** How many of them nothing was known of but that they are resources; undefined if nobody has counted. */
  readonly unchecked?: number;
}

export function countOf({ problems }: Report, wanted: Severity): number {
  return problems.filter(({ severity }) => severity === wanted).length;
}

/** `2 errors, 1 warning in 14 resources, 3 of them without a schema`. */
export function summaryOf(report: Report): string {
  const counts = [
    counted(countOf(report, 'error'), 'error'),
    counted(countOf(report, 'warning'), 'warning'),
    counted(countOf(report, 'info'), 'info'),
  ].filter((text) => !text.startsWith('0 '));
  const { resources, unchecked = 0 } = report;
  const rest = unchecked === 0 ? '' : `, ${unchecked} of them without a schema`;
  return `${counts.join(', ') || 'no problems'} in ${counted(resources, 'resource')}${rest}`;
}
