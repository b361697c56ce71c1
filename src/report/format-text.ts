import type { Place, Problem, Severity } from '../problem/index.ts';
import { excerpt } from './excerpt.ts';
import { inPlaces } from './order.ts';
import { formatPlace, formatResource } from './place.ts';
import { type Report, summaryOf } from './report.ts';

export interface TextOptions {
  /** A line of a file, counted from 1, where it is known. */
  line(file: string, line: number): string | undefined;
  readonly colors: boolean;
}

const COLOR: { readonly [severity in Severity]: number } = { error: 31, warning: 33, info: 36 };

const HINT = '`tidb-groups explain CODE` tells more about what stands in brackets.';

/** For people: every problem with the line that it is about, and what it comes to in a last line. */
export function formatText(report: Report, { line, colors }: TextOptions): string {
  const paint = (text: string, style: string) => (colors ? `\u001b[${style}m${text}\u001b[0m` : text);
  const blocks = inPlaces(report.problems).map(({ problem, place }) => {
    const color = `${COLOR[problem.severity]}`;
    const written = lineOf(place, line);
    return [
      headline(problem, place, (text) => paint(text, `1;${color}`)),
      ...(written === undefined ? [] : excerpt(written, place, (carets) => paint(carets, color))),
    ];
  });
  const end = [...(blocks.length > 0 ? [HINT] : []), summaryOf(report)];
  return [...blocks, end].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function headline(problem: Problem, place: Place, paint: (text: string) => string): string {
  const parts = [formatPlace(place), paint(problem.severity), formatResource(problem), problem.message];
  return `${parts.filter((part) => part !== '').join(': ')} [${problem.code}]`;
}

function lineOf({ file, line }: Place, read: TextOptions['line']): string | undefined {
  if (file === undefined || line === undefined) return undefined;
  const text = read(file, line);
  return text?.trim() === '' ? undefined : text;
}
