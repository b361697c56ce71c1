import { checkTable } from '../support/check-table.ts';

for (const table of ['tikv-group', 'tidb-group', 'cluster-tikv', 'cluster-tidb']) {
  checkTable(`conformance/${table}.yaml`);
}
