import type { Problem } from '../problem/index.ts';
import { mostImportantFirst } from './order.ts';
import { formatPlace, formatResource, placeOf } from './place.ts';
import { terminalLine } from './terminal.ts';

/** One line per problem, the most important first: `groups.yaml:12:5: error: TiKVGroup tidb/hot: … [code]`. */
export function asLines(problems: readonly Problem[]): string[] {
  return mostImportantFirst(problems).map((problem) => {
    const parts = [formatPlace(placeOf(problem)), problem.severity, formatResource(problem), problem.message];
    return terminalLine([`${parts.filter((part) => part !== '').join(': ')} [${problem.code}]`]);
  });
}
