import type { Place, Severity } from '../problem/index.ts';
import { visible } from '../text/index.ts';
import { inPlaces } from './order.ts';
import { formatResource } from './place.ts';
import { type Report, summaryOf } from './report.ts';

const COMMAND: { readonly [severity in Severity]: string } = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

/**
 * Workflow commands, of which GitHub makes annotations on a pull request. `fileOf` gives the path of a file from the
 * root of the repository, or undefined if it lies elsewhere.
 */
export function formatGithub(report: Report, fileOf: (file: string) => string | undefined): string {
  const commands = inPlaces(report.problems).map(({ problem, place }) => {
    const resource = formatResource(problem);
    const properties = {
      ...region(place, fileOf),
      title: visible(resource === '' ? problem.code : `${problem.code}: ${resource}`),
    };
    const written = Object.entries(properties).map(
      ([name, value]) => `${name}=${escapeProperty(`${value}`)}`,
    );
    return `::${COMMAND[problem.severity]} ${written.join(',')}::${escapeData(visible(problem.message))}\n`;
  });
  return `${commands.join('')}${summaryOf(report)}\n`;
}

function region(place: Place, fileOf: (file: string) => string | undefined): object {
  const { line, column, endLine, endColumn } = place;
  const file = place.file === undefined ? undefined : fileOf(place.file);
  if (file === undefined) return {};
  if (line === undefined) return { file };
  // GitHub takes no columns where there are several lines.
  if (endLine !== undefined && endLine !== line) return { file, line, endLine };
  return { file, line, endLine: line, col: column, ...(endColumn !== undefined && { endColumn }) };
}

/** What GitHub undoes. The name of a file must be the file's own, whatever is in it. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
