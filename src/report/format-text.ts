import type { Place, Problem, Severity } from '../problem/index.ts';
import { excerpt } from './excerpt.ts';
import { inPlaces } from './order.ts';
import { formatPlace, formatResource } from './place.ts';
import { type Report, summaryOf } from './report.ts';
import { type Line, terminalText } from './terminal.ts';

export interface TextOptions {
  /** A line of a file, counted from 1, where it is known. */
  line(file: string, line: number): string | undefined;
  readonly colors: boolean;
}

const COLOR: { readonly [severity in Severity]: number } = { error: 31, warning: 33, info: 36 };

const HINT = '`tidb-groups explain CODE` explains the codes in brackets.';

/** For people: every problem with its line, and the totals in a last line. */
export function formatText(report: Report, { line, colors }: TextOptions): string {
  const blocks = inPlaces(report.problems).map(({ problem, place }): Line[] => {
    const color = `${COLOR[problem.severity]}`;
    const written = lineOf(place, line);
    return [
      headline(problem, place, `1;${color}`),
      ...(written === undefined ? [] : excerpt(written, place, color)),
    ];
  });
  const end: Line[] = [...(blocks.length > 0 ? [[HINT]] : []), [summaryOf(report)]];
  return [...blocks, end].map((lines) => terminalText(lines, colors)).join('\n');
}

function headline(problem: Problem, place: Place, style: string): Line {
  const where = formatPlace(place);
  const resource = formatResource(problem);
  return [
    where === '' ? '' : `${where}: `,
    { text: problem.severity, style },
    `: ${resource === '' ? '' : `${resource}: `}${problem.message} [${problem.code}]`,
  ];
}

function lineOf({ file, line }: Place, read: TextOptions['line']): string | undefined {
  if (file === undefined || line === undefined) return undefined;
  const text = read(file, line);
  return text?.trim() === '' ? undefined : text;
}
