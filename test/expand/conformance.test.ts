import { checkTable } from '../support/check-table.ts';
import { FACT_TABLES } from '../support/table.ts';

for (const table of FACT_TABLES) {
  if (table.startsWith('conformance/')) checkTable(`${table}.yaml`);
}
