import {
  fieldNamesOf,
  fieldOf,
  KUBERNETES_VERSION,
  type Rules,
  rulesOf,
  type Schema,
} from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import type { MapValue, Value } from '../../yaml/index.ts';
import { elsewhere } from './elsewhere.ts';
import { checkFormat } from './formats.ts';
import { isTypo, lengthened, nearestIn } from './nearest.ts';
import { otherPlace } from './other-place.ts';
import { allowedValues, fieldNames, show } from './show.ts';
import { BELOW_ONE, hasTwoConfigs } from './two-configs.ts';
import { describeType } from './type.ts';
import { isOfOperator } from './written.ts';

/** A newer version may have the field, so it is kept. */
const kept = (what: string) => `(it is kept as written, because your ${what} may be newer)`;

/** So many known fields are listed; with more, only the nearest is. */
const FEW = 12;

/** How a value is checked against its own schema. */
type CheckValue = (schema: Schema, value: Value, at: Field) => void;

/** Checks the fields of a map. A null counts as absent, as it does to Kubernetes. */
export function checkMap(schema: Rules, map: MapValue, at: Field, checkValue: CheckValue): void {
  const { additionalProperties = true, propertyNames } = schema;
  const unknown: string[] = [];
  for (const name of Object.keys(map)) {
    const value = map[name] ?? null;
    if (value === null) continue;
    if (isOfOperator(at) && schema['x-newer']?.includes(name)) reportNewer('remove it', at.to(name));
    if (propertyNames?.format !== undefined) checkKey(propertyNames.format, name, at);
    const property = fieldOf(schema, name) ?? additionalProperties;
    if (property === false) unknown.push(name);
    else if (property !== true) checkValue(property, value, at.to(name));
  }
  const meant = unknown.length === 0 ? [] : reportUnknown(schema, unknown, map, at);
  for (const name of schema.required ?? []) {
    if (isAbsent(map, name) && !meant.includes(name)) reportMissing(name, fieldOf(schema, name) ?? {}, at);
  }
  if (unknown.length === 0) checkCount(schema, map, at);
}

function isAbsent(map: MapValue, name: string): boolean {
  return !Object.hasOwn(map, name) || map[name] === null;
}

function checkKey(format: string, name: string, at: Field): void {
  checkFormat(format, name, at.to(name), 'key');
}

/** Adds the problems of fields that are not known, and returns those that were surely meant. */
function reportUnknown(
  schema: Rules,
  unknown: readonly string[],
  map: MapValue,
  at: Field,
): (string | undefined)[] {
  const known = fieldNamesOf(schema);
  const nearestFree = nearestIn(known.filter((field) => isAbsent(map, field)));
  const nearestTaken = nearestIn(known.filter((field) => !isAbsent(map, field)));
  return unknown.map((name) =>
    reportOne(schema, name, nearestFree(name) ?? nearestTaken(name), known, at.to(name)),
  );
}

function reportOne(
  schema: Schema,
  name: string,
  meant: string | undefined,
  known: readonly string[],
  at: Field,
): string | undefined {
  const isOfKubernetes = isNewer(schema, name, meant);
  const advice = meant === undefined ? 'check its name' : `did you mean \`${meant}\`?`;
  if (isOfKubernetes) {
    at.add(
      'field-unknown-kubernetes',
      `is not a field of Kubernetes ${KUBERNETES_VERSION}; ${advice} ${kept('Kubernetes')}`,
      'key',
    );
  } else if (isOfOperator(at)) {
    reportNewer(elsewhere(name, known, at.kind) ?? advice, at);
  } else {
    at.add('field-unknown', `is not a known field; ${adviceFor(name, meant, known, at)}`, 'key');
  }
  // A field that only gets a warning is not treated as a misspelling of another.
  return isOfKubernetes || isOfOperator(at) ? undefined : meant;
}

function reportNewer(advice: string, at: Field): void {
  const message = `is not a field of TiDB Operator v1.6, so it has no effect there; ${advice} ${kept('operator')}`;
  at.add('field-unknown-operator', message, 'key');
}

function isNewer(schema: Schema, name: string, meant: string | undefined): boolean {
  return schema['x-kubernetes'] === true && (meant === undefined || !isTypo(name, meant));
}

function adviceFor(name: string, meant: string | undefined, known: readonly string[], at: Field): string {
  const { kind } = at;
  const other = elsewhere(name, known, kind);
  if (other !== undefined) return other;
  if (meant !== undefined) return `did you mean \`${meant}\`?${isConfig(kind) ? ` ${allOf(known)}` : ''}`;
  if (hasTwoConfigs(known)) return BELOW_ONE;
  if (known.includes('resources') && (name === 'requests' || name === 'limits')) {
    return 'write it below `resources`';
  }
  const longer = isConfig(kind) ? lengthened(name, known) : undefined;
  if (longer !== undefined) return `did you mean \`${longer}\`? ${allOf(known)}`;
  const place = otherPlace(name, at);
  if (place !== undefined) return `write it as \`${place}\``;
  if (known.length === 1) return `remove it; the only field is ${fieldNames(known)}`;
  if (known.length <= FEW || isConfig(kind)) return `remove it, or use one of ${fieldNames(known)}`;
  return `remove it; \`tidb-groups schema ${kind}\` lists the fields`;
}

/** Of the function's config a message lists all there is: nobody keeps an editor's schema for it. */
function isConfig(kind: string): boolean {
  return kind === 'ExpandTidbGroups' || kind === 'ValidateTidbGroups';
}

function allOf(known: readonly string[]): string {
  return known.length === 1
    ? `the only field is ${fieldNames(known)}`
    : `the fields are ${fieldNames(known)}`;
}

function reportMissing(name: string, property: Schema, at: Field): void {
  at.to(name).add('field-missing', `is missing; add it: it must be ${describe(property)}`);
}

function describe(property: Schema): string {
  const { enum: values, const: only, ...rules } = rulesOf(property);
  if (only !== undefined) return show(only);
  // Empty text counts as "not set".
  if (values !== undefined) return allowedValues(values.filter((value) => value !== ''));
  return describeType(rules);
}

/** Some types of Kubernetes are a choice: of their optional fields so many must be set. */
function checkCount(schema: Rules, map: MapValue, at: Field): void {
  const { required = [], minProperties, maxProperties } = schema;
  if (minProperties === undefined || maxProperties === undefined) return;
  const choices = fieldNamesOf(schema).filter((name) => !required.includes(name));
  const set = choices.filter((name) => !isAbsent(map, name));
  if (set.length > maxProperties - required.length) {
    at.add('field-choice', `must have only one of ${fieldNames(set)}; remove the others`);
  } else if (set.length < minProperties - required.length) {
    const some = choices.length <= FEW ? fieldNames(choices).replace(' and ', ' or ') : 'its fields';
    at.add('field-choice', `is empty; it must have one of ${some}`);
  }
}
