import type { Store } from './store.ts';

export interface Constraint {
  readonly key: string;
  readonly op: 'in' | 'notIn' | 'exists' | 'notExists';
  readonly values?: readonly string[];
}

/** A placement rule, as PD writes it. */
export interface Rule {
  readonly group_id: string;
  readonly id: string;
  readonly start_key: string;
  readonly end_key: string;
  readonly role: 'voter' | 'leader' | 'follower' | 'learner';
  readonly count: number;
  readonly label_constraints?: readonly Constraint[];
  readonly location_labels?: readonly string[];
  readonly isolation_level?: string;
}

/** The rule of a new cluster. */
export function defaultRule(count: number, more: Partial<Rule> = {}): Rule {
  return { group_id: 'pd', id: 'default', start_key: '', end_key: '', role: 'voter', count, ...more };
}

/** Whether a rule lets a replica be on a store. */
export function isAllowed(store: Store, rule: Rule): boolean {
  const constraints = rule.label_constraints ?? [];
  const isHidden = Object.keys(store.labels).some(
    (key) =>
      (key.startsWith('$') || key === 'engine' || key === 'exclusive') &&
      !constraints.some((constraint) => constraint.key === key),
  );
  return !isHidden && constraints.every((constraint) => holds(store.labels[constraint.key], constraint));
}

function holds(value: string | undefined, { op, values = [] }: Constraint): boolean {
  switch (op) {
    case 'in':
      return value !== undefined && values.includes(value);
    case 'notIn':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case 'notExists':
      return value === undefined;
  }
}

/** Whether two stores are as far apart as the rule's isolation level asks. */
export function isApart(one: Store, other: Store, { location_labels = [], isolation_level }: Rule): boolean {
  if (!isolation_level) return true;
  const levels = location_labels.slice(0, location_labels.indexOf(isolation_level) + 1);
  return levels.some((level) => {
    const [a, b] = [one.labels[level], other.labels[level]];
    return a !== undefined && b !== undefined && a !== b;
  });
}
