import type { Item } from '../list/index.ts';
import { checkPolicies, type PolicyFault, type Stores } from '../placement/index.ts';
import type { Problems, Spot } from '../problem/index.ts';
import { isMap, mapAt } from '../yaml/index.ts';
import { bytesOf } from './settings.ts';

/** Keys that hold SQL, such as `placement.sql` and TiDB Operator's `bootstrap-sql`. */
const SQL_KEY = /(?:^|[.-])sql$/i;

/** Checks the policies in a ConfigMap that may be for the cluster. */
export function checkConfigMap(item: Item, stores: Stores, problems: Problems): void {
  const { cluster } = stores;
  if (item.namespace !== '' && cluster.namespace !== '' && item.namespace !== cluster.namespace) return;
  const data = mapAt(item.object, 'data');
  if (!isMap(data)) return;
  for (const [key, sql] of Object.entries(data)) {
    if (typeof sql !== 'string' || !SQL_KEY.test(key)) continue;
    const faults = checkPolicies(sql, stores);
    const spots = spotsIn(sql, faults);
    for (const [index, { code, message }] of faults.entries()) {
      problems.add(code, item, ['data', key], message, 'value', spots[index]);
    }
  }
}

/** Checks the policies in a file of SQL. */
export function checkFile(file: string, stores: Stores, problems: Problems): void {
  const sql = bytesOf(file).toString('utf8');
  const faults = checkPolicies(sql, stores);
  const spots = spotsIn(sql, faults);
  for (const [index, { code, message }] of faults.entries()) {
    problems.addAt(code, { file, ...spots[index] }, message);
  }
}

/** The lines and columns of faults, which need not be in the order of the text. */
function spotsIn(text: string, faults: readonly PolicyFault[]): Spot[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return faults.map(({ offset }) => {
    let [line, beyond] = [0, starts.length];
    while (beyond - line > 1) {
      const middle = (line + beyond) >> 1;
      if ((starts[middle] ?? 0) <= offset) line = middle;
      else beyond = middle;
    }
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  });
}
