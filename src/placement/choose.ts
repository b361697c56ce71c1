import { isExclusive } from '../components/index.ts';
import { allBy } from '../lookup/index.ts';
import { type Constraint, labelName, matches, type StoreLabels } from './constraint.ts';

/** Characters that need no quotes, in a list of YAML and in a string of SQL; TiKV refuses most others. */
const PLAIN = /^\$?[A-Za-z0-9][\w./-]*$/;

/**
 * For each of several sets of stores, by their labels, few constraints that match its stores and no others; undefined where
 * there are none. Sets that have one of the labels `together` in common get the same constraints, for all of them, if there
 * are some. So do the sets of one group, whose positions `groups` has: they get none where none match all of them and no
 * others. The work grows with the labels, and with how many sets share the rarest of each.
 */
export function constraintsForEach(
  all: readonly StoreLabels[],
  together: readonly string[] = [],
  groups: readonly (readonly number[])[] = [],
): (readonly Constraint[] | undefined)[] {
  const having = new Map<string, number[]>();
  for (const [index, labels] of all.entries()) {
    for (const [key, value] of Object.entries(labels)) {
      const name = labelName(key, value);
      const known = having.get(name);
      if (known === undefined) having.set(name, [index]);
      else known.push(index);
    }
  }
  const shared = sharedConstraints(all, together, having);
  const same = allBy(all.keys(), (index) => [textOf(all[index] ?? {})]);
  const choose = (members: readonly number[]) => {
    const [first = {}, ...others] = members.map((index) => all[index] ?? {});
    // Some are beside another set with the same labels.
    const mine = new Set(members);
    if (members.some((index) => same.get(textOf(all[index] ?? {}))?.some((one) => !mine.has(one))))
      return undefined;
    const names = others.map(namesOf);
    const common = Object.entries(first).filter(([key, value]) =>
      names.every((its) => its.has(labelName(key, value))),
    );
    const own = common.filter(([key, value]) => isUsable(key, value));
    // PD wants each of these named.
    const exclusive = [first, ...others].flatMap((labels) => Object.keys(labels).filter(isExclusive));
    if (exclusive.some((key) => !own.some(([name]) => name.toLowerCase() === key.toLowerCase())))
      return undefined;
    return chosen(mine, own, all, having);
  };
  const chosenFor = new Map<number, readonly Constraint[] | undefined>();
  for (const members of groups) {
    if (members.some((index) => shared.has(index))) continue;
    const constraints = choose(members);
    for (const index of members) chosenFor.set(index, constraints);
  }
  return all.map((_, index) => {
    if (chosenFor.has(index)) return chosenFor.get(index);
    return shared.get(index) ?? choose([index]);
  });
}

/** Its labels, each as PD takes it. */
function namesOf(labels: StoreLabels): ReadonlySet<string> {
  return new Set(Object.entries(labels).map(([key, value]) => labelName(key, value)));
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

/** Constraints that match all of some sets and no others; `own` are the labels that they have in common. */
function chosen(
  mine: ReadonlySet<number>,
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
  let left = (first === undefined ? [...all.keys()] : holders(first)).filter((one) => !mine.has(one));
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
  const values = valuesOf([...mine].map((one) => all[one] ?? {}));
  while (left.length > 0) {
    const without = unlike(all[left[0] ?? -1] ?? {}, values);
    if (without === undefined) return undefined;
    constraints.push(without);
    stillMatch();
  }
  // Only stores that must be named are beside these: there is a constraint if it says that they are not meant.
  if (constraints.length === 0) {
    constraints.push(...exclusiveOf(all));
    if (all.some((others, one) => !mine.has(one) && matches(others, constraints))) return undefined;
  }
  const matchesMine = [...mine].every((one) => matches(all[one] ?? {}, constraints));
  return constraints.length > 0 && matchesMine ? constraints : undefined;
}

/** The values that some sets have for each label, which is in lower case. */
function valuesOf(sets: readonly StoreLabels[]): ReadonlyMap<string, ReadonlySet<string>> {
  const values = new Map<string, Set<string>>();
  for (const [key, value] of sets.flatMap((labels) => Object.entries(labels))) {
    const known = values.get(key.toLowerCase()) ?? new Set();
    values.set(key.toLowerCase(), known.add(value));
  }
  return values;
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

/** A constraint that stores with other labels do not fulfill, and those with these values do. */
function unlike(
  others: StoreLabels,
  values: ReadonlyMap<string, ReadonlySet<string>>,
): Constraint | undefined {
  const found = Object.entries(others).find(
    ([key, value]) => isUsable(key, value) && !isExclusive(key) && !values.get(key.toLowerCase())?.has(value),
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
