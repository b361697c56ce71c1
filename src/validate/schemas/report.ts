import type { Schema } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import type { Value } from '../../yaml/index.ts';
import { nearest } from '../structure/nearest.ts';
import { allowedValues, fieldNames } from '../structure/show.ts';
import { describeType } from '../structure/type.ts';
import { checkValue } from '../structure/walk.ts';
import { quote } from '../structure/written.ts';
import type { Fault } from './faults.ts';

/** So many names are listed. */
const FEW = 12;

/** Adds the problem of a field that the schema does not have; the context is at it. */
export function reportUnknown(name: string, known: readonly string[], at: Field): void {
  at.add('field-unknown', `is not a known field, and Kubernetes drops it; ${adviceFor(name, known)}`, 'key');
}

function adviceFor(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  return known.length === 0 || known.length > FEW
    ? 'remove it'
    : `remove it, or use one of ${fieldNames(known)}`;
}

/** Adds the problem of an entry that is in its list before. */
export function reportDuplicate(keys: readonly string[], at: Field): void {
  const same = keys.length === 0 ? '' : ` with the same ${fieldNames(keys)}`;
  at.add('name-duplicate', `is in the list before${same}; remove one of them`);
}

/** Adds the problem of what ajv found; the context is at the value, which is as it was written where it was. */
export function reportFault(fault: Fault, value: Value, at: Field): void {
  const report = REPORTS[fault.keyword];
  if (report !== undefined) report(fault, value, at);
  else
    at.add('field-choice', `does not satisfy \`${fault.keyword}\` of the schema; see the schema of the kind`);
}

type Report = (fault: Fault, value: Value, at: Field) => void;

const reportUnknownIn: Report = ({ params, schema }, _, at) => {
  const name = String(params.additionalProperty ?? params.unevaluatedProperty);
  const known = isRecord(schema.properties) ? Object.keys(schema.properties) : [];
  reportUnknown(name, known, at.to(name));
};

const reportFew: Report = ({ value: checked, params: { limit } }, _, at) => {
  if (limit === 1) at.add('field-missing', 'is empty; it must have at least one entry');
  else at.add('field-range', `must have at least ${limit} entries, but has ${sizeOf(checked)}; add some`);
};

const reportMany: Report = ({ value: checked, params: { limit } }, _, at) =>
  at.add('field-range', `must have at most ${limit} entries, but has ${sizeOf(checked)}; remove some`);

const reportRange: Report = ({ schema: { minimum, maximum } }, value, at) => {
  // Integers beyond 2^53 are texts with other digits than numbers of JavaScript.
  const bounds: Schema = maximum === 2 ** 63 ? { format: 'int64' } : {};
  if (bounds.format === undefined && typeof minimum === 'number') bounds.minimum = minimum;
  if (bounds.format === undefined && typeof maximum === 'number') bounds.maximum = maximum;
  checkValue(bounds, value, at);
};

const reportChoice: Report = ({ keyword, schema, params }, value, at) =>
  at.add('field-choice', choice(keyword, schema[keyword], params.passingSchemas, value, at));

/** By the keyword of the schema that is not kept. */
const REPORTS: { readonly [keyword: string]: Report } = {
  type: ({ params }, value, at) => checkValue({ type: typesOf(params.type) }, value, at),
  enum: ({ params }, value, at) => reportValues(params.allowedValues, value, at),
  const: ({ params }, value, at) => reportValues([params.allowedValue], value, at),
  required: ({ params, schema }, _, at) => reportMissing(String(params.missingProperty), schema, at),
  additionalProperties: reportUnknownIn,
  unevaluatedProperties: reportUnknownIn,
  minimum: reportRange,
  maximum: reportRange,
  exclusiveMinimum: ({ params: { limit } }, value, at) =>
    at.add('field-range', `must be more than ${limit}, but is ${quote(value, at)}`),
  exclusiveMaximum: ({ params: { limit } }, value, at) =>
    at.add('field-range', `must be less than ${limit}, but is ${quote(value, at)}`),
  multipleOf: ({ params }, value, at) =>
    at.add('field-range', `must be a multiple of ${params.multipleOf}, but is ${quote(value, at)}`),
  minLength: ({ params: { limit } }, value, at) => {
    if (value === '') at.add('field-missing', 'must not be empty; give it a value');
    else at.add('field-range', `must have at least ${limit} characters, but ${quote(value, at)} has fewer`);
  },
  maxLength: ({ params: { limit } }, value, at) =>
    at.add('field-range', `must have at most ${limit} characters, but ${quote(value, at)} has more`),
  minItems: reportFew,
  minProperties: reportFew,
  maxItems: reportMany,
  maxProperties: reportMany,
  uniqueItems: ({ params }, _, at) => reportDuplicate([], at.to(Number(params.i))),
  pattern: ({ params }, value, at) =>
    at.add('text-syntax', `must match ${JSON.stringify(params.pattern)}, but ${quote(value, at)} does not`),
  format: ({ params: { format } }, value, at) => {
    const name = FORMAT_NAMES[String(format)] ?? `of the format "${format}"`;
    at.add('text-syntax', `must be ${name}, but ${quote(value, at)} is not`);
  },
  anyOf: reportChoice,
  oneOf: reportChoice,
  not: ({ schema }, _, at) => at.add('field-choice', ruledOut(schema.not)),
};

const FORMAT_NAMES: { readonly [format: string]: string } = {
  byte: 'base64',
  date: 'a date such as "2030-01-31"',
  datetime: 'a time such as "2030-01-31T12:00:00Z"',
  'date-time': 'a time such as "2030-01-31T12:00:00Z"',
  duration: 'a duration such as "30s" or "1h30m"',
  k8slongname: 'a name of lowercase letters, digits, dashes and dots',
  k8sshortname: 'a name of at most 63 lowercase letters, digits and dashes',
  uri: 'a URI such as "https://example.com/path"',
};

function typesOf(type: unknown): NonNullable<Schema['type']> {
  const types = (Array.isArray(type) ? type : String(type).split(',')).filter(isType);
  return types;
}

const TYPES = ['string', 'integer', 'number', 'boolean', 'object', 'array'] as const;

function isType(name: unknown): name is (typeof TYPES)[number] {
  return TYPES.some((type) => type === name);
}

function reportValues(values: unknown, value: Value, at: Field): void {
  const all = Array.isArray(values) ? values : [];
  const texts = all.filter((one) => typeof one === 'string' && one !== '');
  if (typeof value === 'string' && texts.length === all.length) {
    checkValue({ type: 'string', enum: texts }, value, at);
    return;
  }
  const shown = all.map((one) => JSON.stringify(one)).join(', ');
  at.add('field-enum', `must be ${all.length > 1 ? 'one of ' : ''}${shown}, but is ${quote(value, at)}`);
}

function reportMissing(name: string, schema: Fault['schema'], at: Field): void {
  const { properties } = schema;
  const own: unknown = isRecord(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  at.to(name).add(
    'field-missing',
    `is missing; add it${isRecord(own) ? `: it must be ${described(own)}` : ''}`,
  );
}

function described(schema: { readonly [keyword: string]: unknown }): string {
  const { enum: values, type } = schema;
  if (Array.isArray(values) && values.length <= FEW && values.every((one) => typeof one === 'string'))
    return allowedValues(values);
  const types = typesOf(type);
  return types.length === 0 ? 'as the schema has it' : describeType({ type: types });
}

function sizeOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function choice(keyword: string, ways: unknown, passing: unknown, value: Value, at: Field): string {
  const all = Array.isArray(ways) ? ways : [];
  const isTooMany = Array.isArray(passing) && passing.length > 1;
  const names = all.map(requiredIn);
  if (names.every((name) => name !== undefined)) {
    const listed = fieldNames([...new Set(names)]).replace(/ and (?=[^ ]*$)/, ' or ');
    return isTooMany
      ? `must have only one of ${listed}; remove the others`
      : `must have one of ${listed}; add ${keyword === 'oneOf' ? 'one of them' : 'one'}`;
  }
  const found = typeof value === 'object' && value !== null ? '' : `, and is ${quote(value, at)}`;
  return isTooMany
    ? `matches several alternatives of the schema, but must match only one${found}; see the schema of the kind`
    : `matches none of the ${all.length} alternatives of the schema${found}; see the schema of the kind`;
}

/** The only field that a schema asks for, where it asks for nothing else. */
function requiredIn(schema: unknown): string | undefined {
  if (!isRecord(schema)) return undefined;
  const { required, ...rest } = schema;
  const [name, ...more] = Array.isArray(required) ? required : [];
  const isAll = more.length === 0 && Object.keys(rest).every((key) => key === 'properties');
  return isAll && typeof name === 'string' ? name : undefined;
}

function ruledOut(schema: unknown): string {
  const name = requiredIn(schema);
  return name === undefined
    ? 'is forbidden by the schema; see the schema of the kind'
    : `must not have \`${name}\`; remove it`;
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
