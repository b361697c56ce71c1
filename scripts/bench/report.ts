import { OURS } from './contenders.ts';
import { count, fileSize, mebibytes, milliseconds, times } from './format.ts';
import { figures, type Outcome, type Result, ratio } from './run.ts';
import type { Target } from './targets.ts';

export function textReport(about: string[], outcomes: readonly Outcome[], goals: readonly Target[]): string {
  const parts = [about.join('\n')];
  for (const outcome of outcomes) {
    const { about: what, rounds } = outcome.scenario;
    const size = outcome.inputBytes === 0 ? '' : `${fileSize(outcome.inputBytes)}; `;
    parts.push(`${what} (${size}rounds: ${rounds})\n${table(rows(outcome)).join('\n')}`);
  }
  parts.push(table(goalRows(goals)).join('\n'));
  return `${parts.join('\n\n')}\n`;
}

/** The lists as one table, sizes across, and the goals as another. */
export function markdownReport(
  about: string[],
  outcomes: readonly Outcome[],
  goals: readonly Target[],
): string {
  const lists = outcomes.filter(({ scenario }) => scenario.family === 'list');
  const names = [...new Set(lists.flatMap(({ results }) => results.map(({ contender }) => contender)))];
  const head = ['', ...lists.map(({ scenario }) => count(scenario.size))];
  const body = names.map((name) => [name, ...lists.map((outcome) => cell(outcome, name))]);
  const parts = lists.length === 0 ? [] : [markdownTable([head, ...body])];
  return `${[...parts, markdownTable(goalRows(goals)), about.join(' ')].join('\n\n')}\n`;
}

/** Every sample, for further use: times in milliseconds, memory in MiB. */
export function jsonReport(about: string[], outcomes: readonly Outcome[], goals: readonly Target[]): string {
  const scenarios = outcomes.map(({ scenario, inputBytes, results }) => {
    const { name, about: what } = scenario;
    return { name, about: what, inputBytes, results };
  });
  return `${JSON.stringify({ about, scenarios, goals }, undefined, 2)}\n`;
}

function rows({ results }: Outcome): string[][] {
  const ours = results.find(({ contender }) => contender === OURS);
  return [
    ['', 'median', 'min', 'peak memory', `times ${OURS}`],
    ...results.map((result) => {
      const taken = figures(result);
      if (taken === undefined) return [result.contender, result.absent ?? 'not run'];
      const fewer = taken.rounds < Math.max(...results.map(({ samples }) => samples.length));
      const note = fewer ? ` (${taken.rounds} of the rounds)` : '';
      return [
        result.contender,
        milliseconds(taken.median),
        milliseconds(taken.min),
        peak(taken.peakMiB),
        `${timesOurs(result, ours)}${note}`,
      ];
    }),
  ];
}

function cell({ results }: Outcome, name: string): string {
  const result = results.find(({ contender }) => contender === name);
  const taken = result && figures(result);
  if (taken === undefined) return result?.absent ?? '';
  return `${milliseconds(taken.median)}, ${peak(taken.peakMiB)}`;
}

function goalRows(goals: readonly Target[]): string[][] {
  const verdict = ({ met }: Target) => (met === undefined ? 'not measured' : met ? 'met' : 'missed');
  return [
    ['goal', 'measured', ''],
    ...goals.map((target) => [target.goal, target.measured ?? '', verdict(target)]),
  ];
}

function timesOurs(result: Result, ours: Result | undefined): string {
  const value = ours && ratio(result, ours);
  return value === undefined ? '' : times(value);
}

function peak(value: number | undefined): string {
  return value === undefined ? 'not known' : mebibytes(value);
}

function table(lines: string[][]): string[] {
  const widths: number[] = [];
  for (const line of lines) {
    if (line.length < 3) continue; // a reason printed instead of figures may be longer than its column
    for (const [column, text] of line.entries()) widths[column] = Math.max(widths[column] ?? 0, text.length);
  }
  return lines.map((line) =>
    line
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function markdownTable([head = [], ...body]: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}
