import { isExclusive } from '../components/index.ts';
import { type Constraint, labelName, type StoreLabels } from './constraint.ts';
import { Matcher, valuesOf } from './matcher.ts';

/** Characters that need no quotes, in a list of YAML and in a string of SQL; TiKV refuses most others. */
const PLAIN = /^\$?[A-Za-z0-9][\w./-]*$/;

/**
 * More labels that stores must not have are none that somebody would keep up: the next group would need one more in each
 * policy. To look for them would take as many steps for each group as there are others.
 */
const MOST_UNLIKE = 16;

interface Choice {
  /** The positions of the sets that are meant. */
  readonly mine: ReadonlySet<number>;
  /** The labels that they have in common. */
  readonly own: readonly (readonly [key: string, value: string])[];
  readonly all: readonly StoreLabels[];
  readonly having: ReadonlyMap<string, readonly number[]>;
  /** The positions of all that no label keeps data away from. */
  readonly unnamed: readonly number[];
}

/** Constraints that match all of some sets and no others. */
export function constraintsFor({
  mine,
  own,
  all,
  having,
  unnamed,
}: Choice): readonly Constraint[] | undefined {
  const holders = ([key, value]: readonly [string, string]) => having.get(labelName(key, value)) ?? [];
  const rarestFirst = [...own].sort((a, b) => holders(a).length - holders(b).length);
  const needed = rarestFirst.filter(([key]) => isExclusive(key));
  const others = rarestFirst.filter(([key]) => !isExclusive(key));
  // The first is among the constraints in any case, so only those that have it may match.
  const [first] = [...needed, ...others];
  const near = first === undefined ? unnamed : holders(first);
  const without = withoutOthers(mine, [...needed, ...others].map(wanted), near, all);
  if (without === undefined) return undefined;
  const constraints: Constraint[] = [];
  const matcher = new Matcher();
  const add = (constraint: Constraint) => {
    constraints.push(constraint);
    matcher.add(constraint);
  };
  const isMatched = (one: number) => matcher.matches(all[one] ?? {});
  for (const label of needed) add(wanted(label));
  let left = others.length === 0 ? [] : near.filter((one) => !mine.has(one) && isMatched(one));
  for (const [key, value] of others) {
    if (constraints.length > 0 && left.length === 0) break;
    const alike = left.filter((one) => valuesOf(all[one] ?? {}).get(key.toLowerCase()) === value);
    if (constraints.length > 0 && alike.length === left.length) continue;
    add(wanted([key, value]));
    left = alike;
  }
  for (const one of without) add(one);
  // Only stores that must be named are beside these: there is a constraint if it says that they are not meant.
  if (constraints.length === 0) {
    for (const constraint of exclusiveOf(all)) add(constraint);
    if ([...all.keys()].some((one) => !mine.has(one) && isMatched(one))) return undefined;
  }
  return constraints.length > 0 && [...mine].every(isMatched) ? constraints : undefined;
}

function wanted([key, value]: readonly [string, string]): Constraint {
  return { key, isIn: true, values: [value] };
}

/** What keeps out the sets that have all labels of some others; undefined where nothing does, or only too much. */
function withoutOthers(
  mine: ReadonlySet<number>,
  own: readonly Constraint[],
  near: readonly number[],
  all: readonly StoreLabels[],
): readonly Constraint[] | undefined {
  const matcher = new Matcher(own);
  const without: Constraint[] = [];
  // What also has all of these has more: a label that this group lacks, or has with another value.
  const known = valuesByKey([...mine].map((one) => all[one] ?? {}));
  for (const one of near) {
    // What keeps one out often keeps out others.
    if (mine.has(one) || !matcher.matches(all[one] ?? {})) continue;
    const constraint = unlike(all[one] ?? {}, known);
    if (constraint === undefined || without.length === MOST_UNLIKE) return undefined;
    without.push(constraint);
    matcher.add(constraint);
  }
  return without;
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
export function isUsable(key: string, value: string): boolean {
  return PLAIN.test(key) && PLAIN.test(value) && key.toLowerCase() !== 'engine';
}
