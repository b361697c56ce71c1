import { isExclusive } from '../components/index.ts';
import { allBy } from '../lookup/index.ts';
import { type Constraint, labelName, type StoreLabels } from './constraint.ts';
import { Matcher } from './matcher.ts';
import { constraintsFor, isUsable } from './tell-apart.ts';

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
  // Without any constraint PD leaves out those that it wants named.
  const unnamed = [...all.keys()].filter((index) => !Object.keys(all[index] ?? {}).some(isExclusive));
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
    return constraintsFor({ mine, own, all, having, unnamed });
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
  const tried = new Set<string>();
  for (const [index, labels] of all.entries()) {
    const key = together.find((one) => isUsable(one, labels[one] ?? ''));
    const value = key === undefined ? undefined : labels[key];
    if (key === undefined || value === undefined || shared.has(index)) continue;
    const name = labelName(key, value);
    if (tried.has(name)) continue;
    tried.add(name);
    const members = having.get(name) ?? [];
    const constraints = [{ key, isIn: true, values: [value] }];
    const matcher = new Matcher(constraints);
    if (!members.every((one) => matcher.matches(all[one] ?? {}))) continue;
    for (const one of members) shared.set(one, constraints);
  }
  return shared;
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
