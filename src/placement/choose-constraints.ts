import { isExclusive } from '../components/index.ts';
import { allBy } from '../lookup/index.ts';
import { type Constraint, labelName, type StoreLabels } from './constraint.ts';
import { Matcher, valuesOf } from './matcher.ts';

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
  const bare = [...all.keys()].filter((index) => isBare(all[index] ?? {}));
  const choose = (members: readonly number[]) => {
    const [first = {}, ...others] = members.map((index) => all[index] ?? {});
    // Some are beside another set with the same labels.
    const mine = new Set(members);
    const texts = new Set(members.map((index) => textOf(all[index] ?? {})));
    if ([...texts].some((text) => same.get(text)?.some((one) => !mine.has(one)))) return undefined;
    const names = others.map(namesOf);
    const common = Object.entries(first).filter(([key, value]) =>
      names.every((its) => its.has(labelName(key, value))),
    );
    const own = common.filter(([key, value]) => isUsable(key, value));
    // PD wants each of these named.
    const exclusive = [first, ...others].flatMap((labels) => Object.keys(labels).filter(isExclusive));
    if (exclusive.some((key) => !own.some(([name]) => name.toLowerCase() === key.toLowerCase())))
      return undefined;
    // No constraint would keep another one out that has no label either.
    if (own.length === 0 && bare.some((one) => !mine.has(one))) return undefined;
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
    const matcher = new Matcher(constraints);
    if (!members.every((one) => matcher.matches(all[one] ?? {}))) continue;
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
  const constraints: Constraint[] = [];
  const matcher = new Matcher();
  const add = (constraint: Constraint) => {
    constraints.push(constraint);
    matcher.add(constraint);
  };
  const isMatched = (one: number) => matcher.matches(all[one] ?? {});
  for (const [key, value] of needed) add({ key, isIn: true, values: [value] });
  // The first is among the constraints in any case, so only those that have it may match.
  const [first] = [...needed, ...others];
  let left = (first === undefined ? [...all.keys()] : holders(first)).filter((one) => !mine.has(one));
  // Without any constraint this leaves out those that PD wants named.
  left = left.filter(isMatched);
  for (const [key, value] of others) {
    if (constraints.length > 0 && left.length === 0) break;
    const alike = left.filter((one) => valuesOf(all[one] ?? {}).get(key.toLowerCase()) === value);
    if (constraints.length > 0 && alike.length === left.length) continue;
    add({ key, isIn: true, values: [value] });
    left = alike;
  }
  // What also has all of these has more: a label that this group lacks, or has with another value.
  const known = valuesByKey([...mine].map((one) => all[one] ?? {}));
  for (const one of left) {
    // What keeps one out often keeps out others.
    if (!isMatched(one)) continue;
    const without = unlike(all[one] ?? {}, known);
    if (without === undefined) return undefined;
    add(without);
  }
  // Only stores that must be named are beside these: there is a constraint if it says that they are not meant.
  if (constraints.length === 0) {
    for (const constraint of exclusiveOf(all)) add(constraint);
    if ([...all.keys()].some((one) => !mine.has(one) && isMatched(one))) return undefined;
  }
  return constraints.length > 0 && [...mine].every(isMatched) ? constraints : undefined;
}

/** The values that some sets have for each label, which is in lower case. */
function valuesByKey(sets: readonly StoreLabels[]): ReadonlyMap<string, ReadonlySet<string>> {
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
  const effective = valuesOf(others);
  const found = Object.entries(others).find(
    ([key, value]) =>
      isUsable(key, value) &&
      !isExclusive(key) &&
      effective.get(key.toLowerCase()) === value &&
      !values.get(key.toLowerCase())?.has(value),
  );
  return found && { key: found[0], isIn: false, values: [found[1]] };
}

/** A comma in a value would be a second value, and TiDB takes `engine` for itself. */
function isUsable(key: string, value: string): boolean {
  return PLAIN.test(key) && PLAIN.test(value) && key.toLowerCase() !== 'engine';
}

/** Whether no constraint tells a set of stores from those without any label. */
function isBare(labels: StoreLabels): boolean {
  return !Object.entries(labels).some(([key, value]) => isExclusive(key) || isUsable(key, value));
}

function textOf(labels: StoreLabels): string {
  return JSON.stringify(
    Object.entries(labels)
      .map(([key, value]) => labelName(key, value))
      .sort(),
  );
}
