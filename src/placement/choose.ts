import { isExclusive } from '../components/index.ts';
import { type Constraint, labelName, matches, type StoreLabels } from './constraint.ts';

/** Characters that need no quotes, in a list of YAML and in a string of SQL; TiKV refuses most others. */
const PLAIN = /^\$?[A-Za-z0-9][\w./-]*$/;

/**
 * For each of several sets of stores, by their labels, few constraints that match its stores and no others; undefined where
 * there are none. Sets that have one of the labels `together` in common get the same constraints, for all of them, if there
 * are some. The work grows with the labels, and with how many sets share the rarest of each.
 */
export function constraintsForEach(
  all: readonly StoreLabels[],
  together: readonly string[] = [],
): (readonly Constraint[] | undefined)[] {
  const having = new Map<string, number[]>();
  const same = new Map<string, number>();
  for (const [index, labels] of all.entries()) {
    for (const [key, value] of Object.entries(labels)) {
      const name = labelName(key, value);
      const known = having.get(name);
      if (known === undefined) having.set(name, [index]);
      else known.push(index);
    }
    const text = textOf(labels);
    same.set(text, (same.get(text) ?? 0) + 1);
  }
  const shared = sharedConstraints(all, together, having);
  return all.map((labels, index) => {
    const common = shared.get(index);
    if (common !== undefined) return common;
    if (same.get(textOf(labels)) !== 1) return undefined;
    const own = Object.entries(labels).filter(([key, value]) => isUsable(key, value));
    // PD wants each of these named.
    const exclusive = Object.keys(labels).filter(isExclusive);
    if (exclusive.some((key) => !own.some(([name]) => name === key))) return undefined;
    return chosen(labels, index, own, all, having);
  });
}

/** The constraints of sets that are named together, by their positions. */
function sharedConstraints(
  all: readonly StoreLabels[],
  together: readonly string[],
  having: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<number, readonly Constraint[]> {
  const shared = new Map<number, readonly Constraint[]>();
  for (const [index, labels] of all.entries()) {
    const key = together.find((one) => isUsable(one, labels[one] ?? ''));
    const value = key === undefined ? undefined : labels[key];
    if (key === undefined || value === undefined || shared.has(index)) continue;
    const members = having.get(labelName(key, value)) ?? [];
    const constraints = [{ key, isIn: true, values: [value] }];
    if (!members.every((one) => matches(all[one] ?? {}, constraints))) continue;
    for (const one of members) shared.set(one, constraints);
  }
  return shared;
}

function chosen(
  labels: StoreLabels,
  index: number,
  own: readonly (readonly [key: string, value: string])[],
  all: readonly StoreLabels[],
  having: ReadonlyMap<string, readonly number[]>,
): readonly Constraint[] | undefined {
  const holders = ([key, value]: readonly [string, string]) => having.get(labelName(key, value)) ?? [];
  const rarestFirst = [...own].sort((a, b) => holders(a).length - holders(b).length);
  const needed = rarestFirst.filter(([key]) => isExclusive(key));
  const others = rarestFirst.filter(([key]) => !isExclusive(key));
  const constraints: Constraint[] = needed.map(([key, value]) => ({ key, isIn: true, values: [value] }));
  // The first is among the constraints in any case, so only those that have it may match.
  const [first] = [...needed, ...others];
  let left = (first === undefined ? [...all.keys()] : holders(first)).filter((one) => one !== index);
  const stillMatch = () => {
    left = left.filter((one) => matches(all[one] ?? {}, constraints));
  };
  // Without any constraint this leaves out those that PD wants named.
  stillMatch();
  for (const [key, value] of others) {
    if (constraints.length > 0 && left.length === 0) break;
    const is = { key, isIn: true, values: [value] };
    const excludes = left.some((one) => !matches(all[one] ?? {}, [...constraints, is]));
    if (constraints.length > 0 && !excludes) continue;
    constraints.push(is);
    stillMatch();
  }
  // What also has all of these has more: a label that this group lacks, or has with another value.
  while (left.length > 0) {
    const without = unlike(all[left[0] ?? -1] ?? {}, labels);
    if (without === undefined) return undefined;
    constraints.push(without);
    stillMatch();
  }
  // Only stores that must be named are beside these: there is a constraint if it says that they are not meant.
  if (constraints.length === 0) {
    constraints.push(...exclusiveOf(all));
    if (all.some((others, one) => one !== index && matches(others, constraints))) return undefined;
  }
  return constraints.length > 0 && matches(labels, constraints) ? constraints : undefined;
}

/** Constraints that no store with a label that must be named fulfills. */
function exclusiveOf(all: readonly StoreLabels[]): Constraint[] {
  const values = new Map<string, Set<string>>();
  for (const labels of all) {
    for (const [key, value] of Object.entries(labels)) {
      if (!isExclusive(key) || !isUsable(key, value)) continue;
      const known = values.get(key) ?? new Set();
      values.set(key, known.add(value));
    }
  }
  return [...values].flatMap(([key, its]) =>
    [...its].map((value) => ({ key, isIn: false, values: [value] })),
  );
}

/** A constraint that stores with other labels do not fulfill, and these do. */
function unlike(others: StoreLabels, labels: StoreLabels): Constraint | undefined {
  const lower = new Map(Object.entries(labels).map(([key, value]) => [key.toLowerCase(), value]));
  const found = Object.entries(others).find(
    ([key, value]) => isUsable(key, value) && !isExclusive(key) && lower.get(key.toLowerCase()) !== value,
  );
  return found && { key: found[0], isIn: false, values: [found[1]] };
}

/** A comma in a value would be a second value, and TiDB takes `engine` for itself. */
function isUsable(key: string, value: string): boolean {
  return PLAIN.test(key) && PLAIN.test(value) && key.toLowerCase() !== 'engine';
}

function textOf(labels: StoreLabels): string {
  return JSON.stringify(
    Object.entries(labels)
      .map(([key, value]) => labelName(key, value))
      .sort(),
  );
}
