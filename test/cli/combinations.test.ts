import { checkTable } from '../support/check-table.ts';

for (const table of ['tikv', 'tidb']) checkTable(`combinations/${table}.yaml`);
