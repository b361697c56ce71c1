import type { Item } from '../list/index.ts';
import { checkPolicies, type PolicyFault, type Stores } from '../placement/index.ts';
import type { Problems, Spot } from '../problem/index.ts';
import { Lines, mapAt } from '../yaml/index.ts';
import { bytesOf } from './settings.ts';

/** Keys that hold SQL, such as `placement.sql` and TiDB Operator's `bootstrap-sql`. */
const SQL_KEY = /(?:^|[.-])sql$/i;

/** Checks the policies in a ConfigMap that may be for the cluster. */
export function checkConfigMap(item: Item, stores: Stores, problems: Problems): void {
  const { cluster } = stores;
  if (item.namespace !== '' && cluster.namespace !== '' && item.namespace !== cluster.namespace) return;
  for (const [key, sql] of Object.entries(mapAt(item.object, 'data'))) {
    if (typeof sql !== 'string' || !SQL_KEY.test(key)) continue;
    for (const { code, message, spot } of faultsIn(sql, stores)) {
      problems.add(code, item, ['data', key], message, 'value', spot);
    }
  }
}

/** Checks the policies in a file of SQL. */
export function checkFile(file: string, stores: Stores, problems: Problems): void {
  for (const { code, message, spot } of faultsIn(bytesOf(file).toString('utf8'), stores)) {
    problems.addAt(code, { file, ...spot }, message);
  }
}

/** What is wrong in a text of SQL, with the line and column of each. */
function faultsIn(sql: string, stores: Stores): (PolicyFault & { readonly spot: Spot })[] {
  const lines = Lines.ofText(sql);
  return checkPolicies(sql, stores).map((fault) => {
    const { line, start } = lines.at(fault.offset);
    return { ...fault, spot: { line, column: fault.offset - start + 1 } };
  });
}
