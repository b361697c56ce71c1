import { checkTable } from './support/check-table.ts';

for (const table of [
  'tikv-group',
  'tidb-group',
  'tiproxy-group',
  'tiflash-group',
  'cluster-tikv',
  'cluster-tidb',
  'cluster-tiproxy',
  'cluster-tiflash',
]) {
  checkTable(`conformance/${table}.yaml`);
}
