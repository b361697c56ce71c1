import type { Servers } from '../system/index.ts';
import { counted, listed, show } from '../text/index.ts';
import { type Constraint, constraintText, labelValue } from './constraint.ts';
import type { PolicyFault } from './policy-options.ts';
import { type Needed, PolicyRules } from './policy-rules.ts';
import { policyStatements } from './read-sql.ts';
import type { Stores } from './stores.ts';

/** What TiDB would refuse in the policies of a text, and what the stores of a cluster cannot fulfill. */
export function checkPolicies(sql: string, stores: Stores): PolicyFault[] {
  return policyStatements(sql).flatMap((statement) => {
    const rules = new PolicyRules(statement);
    const needed = rules.read(stores.release);
    // What TiDB refuses puts data nowhere.
    if (rules.faults.length === 0) for (const one of together(needed)) checkStores(one, stores, rules);
    return rules.faults;
  });
}

/** Replicas with the same constraints, added up: each needs a store of its own. */
function together(needed: readonly Needed[]): Needed[] {
  const sums = new Map<string, Needed>();
  for (const one of needed) {
    const name = JSON.stringify(one.constraints.map(constraintText).sort());
    const known = sums.get(name);
    sums.set(name, known === undefined ? one : { ...known, replicas: known.replicas + one.replicas });
  }
  return [...sums.values()];
}

/** Notes where fewer stores match than there are replicas. */
function checkStores({ constraints, offset, replicas }: Needed, stores: Stores, rules: PolicyRules): void {
  const found: Servers[] = [];
  let count = 0;
  for (const one of stores.matching(constraints)) {
    found.push(one);
    count += one.suspended ? 0 : (one.replicas ?? Number.POSITIVE_INFINITY);
    if (count >= replicas) break;
  }
  if (count >= replicas) return;
  const words = listed(constraints.map((one) => show(constraintText(one))));
  const what = words === '' ? 'any store' : `stores with ${words}`;
  const there = count === 0 ? 'none' : `only ${count} (${listed(found.map(({ name }) => name))})`;
  rules.add(
    'policy-stores',
    offset,
    `wants ${counted(replicas, 'replica')} on ${what}, but TidbCluster ${stores.cluster.name} has ${there}${hint(constraints, stores.all)}`,
  );
}

function hint(constraints: readonly Constraint[], stores: readonly Servers[]): string {
  const key = constraints.find(({ isIn }) => isIn)?.key;
  const values = key === undefined ? [] : stores.map(({ placement }) => labelValue(placement.labels, key));
  const known = [...new Set(values.filter((value) => value !== ''))];
  if (key === undefined) return '; ask for fewer replicas, or add stores';
  return known.length === 0
    ? `; no store has the label \`${key}\`: add it to the group's \`config.server.labels\``
    : `; the stores have ${listed(known.map((value) => show(`${key}=${value}`)))}: name one of them, ask for fewer replicas, or add stores`;
}
