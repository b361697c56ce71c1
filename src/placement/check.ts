import type { Servers } from '../system/index.ts';
import { counted, listed, show } from '../text/index.ts';
import { type Constraint, constraintText } from './constraint.ts';
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
    if (rules.faults.length === 0) checkAll(together(needed), stores, rules);
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

/** Policies with more kinds of replicas than a Region could have are only compared with all stores together. */
const MOST_KINDS = 16;

/** Notes where fewer stores match than there are replicas, of each kind or of all. */
function checkAll(needed: readonly Needed[], stores: Stores, rules: PolicyRules): void {
  for (const one of needed) checkStores(one, stores, rules);
  const [first] = needed;
  if (rules.faults.length > 0 || first === undefined || needed.length === 1) return;
  const replicas = needed.reduce((sum, one) => sum + one.replicas, 0);
  // Stores that match several kinds have room for one replica all the same.
  const found = new Set<Servers>();
  let count = stores.count;
  if (count >= replicas && needed.length <= MOST_KINDS) {
    count = 0;
    for (const { constraints } of needed) {
      for (const one of stores.find(constraints, replicas).sets) {
        if (!found.has(one)) count += one.replicas ?? Number.POSITIVE_INFINITY;
        found.add(one);
      }
      if (count >= replicas) return;
    }
  }
  if (count >= replicas) return;
  const which = found.size > 0 ? ` that match (${few([...found].map(({ name }) => name))})` : '';
  rules.add(
    'policy-stores',
    first.offset,
    `wants ${counted(replicas, 'replica')} altogether, each on a store of its own, but TidbCluster ${stores.cluster.name} has only ${counted(count, 'store')}${which}; ask for fewer replicas, or add stores`,
  );
}

/** Notes where fewer stores match than there are replicas. */
function checkStores({ constraints, offset, replicas }: Needed, stores: Stores, rules: PolicyRules): void {
  const { count, sets, idle } = stores.find(constraints, replicas);
  if (count >= replicas) return;
  const words = listed(constraints.map((one) => show(constraintText(one))));
  const what = words === '' ? 'any store' : `stores with ${words}`;
  const there = count === 0 ? 'none' : `only ${count} (${few(sets.map(({ name }) => name))})`;
  rules.add(
    'policy-stores',
    offset,
    `wants ${counted(replicas, 'replica')} on ${what}, but TidbCluster ${stores.cluster.name} has ${there}; ${hint(constraints, idle, stores)}`,
  );
}

function hint(constraints: readonly Constraint[], idle: Servers | undefined, stores: Stores): string {
  if (idle !== undefined) {
    const why = idle.suspended ? 'is suspended: resume it' : 'has no replicas: raise them';
    return `${idle.kind} ${idle.name} would match, but ${why}, ask for fewer replicas, or add stores`;
  }
  const missing = constraints.find((one) => one.isIn && !stores.has(one));
  if (missing === undefined) return 'ask for fewer replicas, or add stores';
  const { key } = missing;
  const known = stores.valuesOf(key);
  return known.length === 0
    ? `no store has the label \`${key}\`: add it to the group's \`config.server.labels\``
    : `the stores have ${few(known, (value) => show(`${key}=${value}`))}: name one of them, ask for fewer replicas, or add stores`;
}

const MOST_SHOWN = 5;

/** Some of many texts, and how many more there are. */
function few(texts: readonly string[], shown: (text: string) => string = (text) => text): string {
  const more = texts.length - MOST_SHOWN;
  const first = texts.slice(0, MOST_SHOWN).map(shown);
  return listed(more > 0 ? [...first, `${more} more`] : first);
}
