import { checkTable } from './support/check-table.ts';

for (const table of [
  'tikv-group',
  'tidb-group',
  'tiproxy-group',
  'cluster-tikv',
  'cluster-tidb',
  'cluster-tiproxy',
]) {
  checkTable(`conformance/${table}.yaml`);
}
