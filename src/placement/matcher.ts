import { isExclusive } from '../components/index.ts';
import { type Constraint, labelName, type StoreLabels } from './constraint.ts';

const NONE: ReadonlySet<string> = new Set();

/**
 * Which stores PD puts a replica on. It can be told more constraints one by one. A store takes steps for each of its labels
 * and for each label that it must have, but none for those that it must not have.
 * Source: PD, `placement.MatchLabelConstraints`.
 */
export class Matcher {
  /** As they are written: only by its very name is a label named that keeps other data away. */
  private readonly named = new Set<string>();
  private readonly wanted: { readonly key: string; readonly values: ReadonlySet<string> }[] = [];
  private readonly refused = new Set<string>();

  constructor(constraints: readonly Constraint[] = []) {
    for (const constraint of constraints) this.add(constraint);
  }

  add({ key, isIn, values }: Constraint): void {
    this.named.add(key);
    if (isIn) this.wanted.push({ key: key.toLowerCase(), values: new Set(values) });
    else for (const value of values) this.refused.add(labelName(key, value));
  }

  /** Labels in `open`, in lower case, may have any value where the store has none. */
  matches(labels: StoreLabels, open: ReadonlySet<string> = NONE): boolean {
    const values = valuesOf(labels);
    for (const key of Object.keys(labels)) if (isExclusive(key) && !this.named.has(key)) return false;
    for (const [key, value] of values) if (this.refused.has(labelName(key, value))) return false;
    return this.wanted.every((one) => {
      const value = values.get(one.key);
      return value === undefined ? open.has(one.key) : one.values.has(value);
    });
  }
}

/** The values of labels by their keys in lower case, without empty ones: PD takes those for missing. */
export function valuesOf(labels: StoreLabels): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [key, value] of Object.entries(labels)) {
    const name = key.toLowerCase();
    if (!values.has(name)) values.set(name, value);
  }
  for (const [name, value] of values) if (value === '') values.delete(name);
  return values;
}
