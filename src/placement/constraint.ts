import { isOfTiFlash } from '../components/index.ts';
import { firstBy } from '../lookup/index.ts';
import { BrokenYaml, readDocuments } from '../yaml/carefully.ts';
import { Float, isMap, toValue, type Value } from '../yaml/index.ts';

/** What a store must have, or must not have, for a replica to be there: `+disk=nvme`, `-zone=a`. */
export interface Constraint {
  readonly key: string;
  /** Whether the label must have one of the values; otherwise it must have none of them, or be missing. */
  readonly isIn: boolean;
  readonly values: readonly string[];
}

/** Constraints that a number of replicas have in common; of a list that number stands elsewhere. */
export interface Rule {
  readonly constraints: readonly Constraint[];
  readonly count?: number;
}

/** Labels of stores by their keys. */
export interface StoreLabels {
  readonly [key: string]: string;
}

/** Thrown where TiDB refuses a text of constraints: what is wrong, and what to do. */
export class Refused extends Error {}

/** The value of a label; empty if it is missing. */
export function labelValue(labels: StoreLabels, key: string): string {
  const wanted = key.toLowerCase();
  const [, value = ''] = Object.entries(labels).find(([name]) => name.toLowerCase() === wanted) ?? [];
  return value;
}

/** The same text for labels that PD takes for the same. */
export function labelName(key: string, value: string): string {
  return JSON.stringify([key.toLowerCase(), value]);
}

/** As it stands in a policy. */
export function constraintText({ key, isIn, values }: Constraint): string {
  return `${isIn ? '+' : '-'}${key}=${values.join(',')}`;
}

/**
 * The rules of a text such as `[+disk=nvme]` or `{"+zone=a": 1, "+zone=b": 2}`. Throws `Refused`. Source: TiDB,
 * `placement.NewConstraintsFromYaml` and `NewRulesWithDictConstraints`.
 */
export function readRules(text: string): Rule[] {
  const value = yamlOf(text);
  if (Array.isArray(value)) return [{ constraints: all(value.map((one) => textIn(one, text))) }];
  if (!isMap(value))
    throw new Refused('must be a list as in "[+disk=nvme]", or a map as in \'{"+zone=a": 1}\'');
  return Object.entries(value).map(([labels, written]) => {
    // The reader of TiDB cuts off what is behind the point.
    const count = written instanceof Float ? Math.trunc(written.value) : written;
    if (count === null && /:\d+\s*$/.test(labels)) {
      throw new Refused(
        `must have a blank between the colon and the number of "${labels}": without it YAML reads one name`,
      );
    }
    if (typeof count !== 'number' || count <= 0) {
      throw new Refused(`must say how many replicas "${labels}" has, a whole number above 0`);
    }
    const texts = labels.split(',').filter((part) => part !== EVICT_LEADER);
    return { constraints: all(texts), count };
  });
}

/** Means a follower where it stands among the constraints of a map. */
const EVICT_LEADER = '#evict-leader';

/** The names in a list such as `[zone, host]`. */
export function readNames(text: string): string[] {
  const value = yamlOf(text);
  if (!Array.isArray(value)) throw new Refused('must be a list of labels as in "[zone, host]"');
  return value.map((one) => textIn(one, text));
}

function yamlOf(text: string): Value {
  try {
    const [first, ...more] = readDocuments(text);
    if (first === undefined) return [];
    if (more.length === 0) return toValue(first);
  } catch (error) {
    if (!(error instanceof BrokenYaml)) throw error;
  }
  throw new Refused('must be YAML, and quotes, brackets or braces in it do not match');
}

function textIn(value: Value, text: string): string {
  if (typeof value === 'string') return value;
  throw new Refused(`must hold texts, but "${text}" has something else`);
}

function all(texts: readonly string[]): Constraint[] {
  return agreeing(texts.map((text) => readConstraint(text.trim())));
}

/** Constraints that a store can fulfill all at once, each only once; throws `Refused` where it cannot. */
export function agreeing(constraints: readonly Constraint[]): Constraint[] {
  const first = firstBy(constraints.entries(), ([, { key, isIn, values }]) =>
    nameOf(key, isIn ? [] : values),
  );
  for (const [index, one] of constraints.entries()) {
    // Those before it agree with each other, so the first of a name stands for all of that name.
    const others = [first.get(nameOf(one.key)), first.get(nameOf(one.key, one.values))];
    const [found] = others
      .filter((entry) => entry !== undefined)
      .filter(([at, other]) => at < index && excludeEachOther(other, one))
      .sort(([a], [b]) => a - b);
    if (found === undefined) continue;
    throw new Refused(
      `has "${constraintText(found[1])}" and "${constraintText(one)}", which no store fulfills; remove one`,
    );
  }
  return [...firstBy(constraints, constraintText).values()];
}

/** The name of what wants some value of a label, or of what refuses these values. */
function nameOf(key: string, values: readonly string[] = []): string {
  return JSON.stringify([key, ...values]);
}

function readConstraint(text: string): Constraint {
  const [key = '', value = '', ...more] = text
    .slice(1)
    .split('=')
    .map((part) => part.trim());
  if (text.length < 4 || !/^[+-]/.test(text) || key === '' || value === '' || more.length > 0) {
    throw new Refused(`has "${text}"; write a constraint as "+key=value" or "-key=value"`);
  }
  const isIn = text.startsWith('+');
  if (isIn && isOfTiFlash(key, value)) {
    throw new Refused(
      `has "${text}"; tables get replicas on TiFlash by \`ALTER TABLE … SET TIFLASH REPLICA\``,
    );
  }
  return { key, isIn, values: value.split(',') };
}

function excludeEachOther(one: Constraint, other: Constraint): boolean {
  if (one.key !== other.key) return false;
  const isSame = one.values.join(',') === other.values.join(',');
  return one.isIn === other.isIn ? one.isIn && !isSame : isSame;
}
