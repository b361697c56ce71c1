import { isPlainMap, type Plain, type PlainMap } from './plain.ts';

/**
 * Kubernetes' structural schemas, the schemas of CustomResourceDefinitions: which fields they give a map, and what they
 * say in JSON Schema.
 */

/** The schema of a field; undefined if the schema says nothing of it. */
export function fieldSchema(schema: PlainMap | undefined, name: string): PlainMap | undefined {
  return ownField(schema, name) ?? mapAt(schema, 'additionalProperties');
}

/** The schema of a field that is named. */
export function ownField(schema: PlainMap | undefined, name: string): PlainMap | undefined {
  return mapAt(mapAt(schema, 'properties'), name);
}

export function itemSchema(schema: PlainMap | undefined): PlainMap | undefined {
  return mapAt(schema, 'items');
}

export function isSet(schema: PlainMap | undefined, keyword: string): boolean {
  return schema !== undefined && Object.hasOwn(schema, keyword) && schema[keyword] === true;
}

export function mapAt(map: PlainMap | undefined, key: string): PlainMap | undefined {
  const found = map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
  return isPlainMap(found) ? found : undefined;
}

/** What both mean alike. */
const SHARED = [
  'enum',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'pattern',
  'required',
  'uniqueItems',
] as const;

/** Integers have 64 bits, also where no format says so. */
const BOUNDS: { readonly [format: string]: PlainMap } = {
  int32: { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  int64: { minimum: -(2 ** 63), maximum: 2 ** 63 },
};

/**
 * A structural schema as JSON Schema (draft 7), for values as the API server has them when it checks them: without
 * unknown fields, and with defaults. What it checks in other ways is left out: lists that are sets or maps, and rules in
 * CEL.
 */
export function asJsonSchema(schema: PlainMap): PlainMap {
  const shared = SHARED.filter((keyword) => Object.hasOwn(schema, keyword));
  const result: PlainMap = Object.fromEntries(shared.map((keyword) => [keyword, schema[keyword] ?? null]));
  const isEither = isSet(schema, 'x-kubernetes-int-or-string');
  const types = isEither ? ['integer', 'string'] : typeof schema.type === 'string' ? [schema.type] : [];
  if (types.length > 0) result.type = types.length === 1 ? (types[0] ?? null) : types;
  const format = formatOf(schema, types);
  if (format !== undefined) result.format = format;
  setExclusive(result, schema);
  for (const keyword of ['items', 'additionalProperties', 'not']) {
    const inner = mapAt(schema, keyword);
    if (inner !== undefined) result[keyword] = asJsonSchema(inner);
  }
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const inner = schema[keyword];
    // That a text or an integer is a text or an integer needs no second word.
    if (!Array.isArray(inner) || (isEither && keyword === 'anyOf' && inner.every(isOnlyType))) continue;
    result[keyword] = inner.map((one) => (isPlainMap(one) ? asJsonSchema(one) : {}));
  }
  const bounds = BOUNDS[String(schema.format)] ?? BOUNDS.int64 ?? {};
  // What is larger is no integer to Kubernetes.
  if (types[0] === 'integer') result.allOf = [...(Array.isArray(result.allOf) ? result.allOf : []), bounds];
  const properties = mapAt(schema, 'properties');
  if (properties !== undefined) {
    const own = Object.entries(properties).filter(([name]) => name !== '__proto__');
    result.properties = Object.fromEntries(
      own.map(([name, inner]) => [name, isPlainMap(inner) ? asJsonSchema(inner) : {}]),
    );
  }
  return isSet(schema, 'nullable') ? orNull(result, types) : result;
}

/** Of a null, the API server asks only for the type and the allowed values, among which it finds none. */
function orNull(schema: PlainMap, types: readonly string[]): PlainMap {
  return types.length === 0 || schema.enum !== undefined ? schema : { if: { type: 'null' }, else: schema };
}

function formatOf({ format }: PlainMap, types: readonly string[]): string | undefined {
  // Formats are of texts, and there only where nothing else may stand.
  return typeof format === 'string' && types.every((type) => type === 'string') && types.length < 2
    ? format.replaceAll('-', '')
    : undefined;
}

/** OpenAPI says with true or false whether the bound itself is out. */
function setExclusive(result: PlainMap, schema: PlainMap): void {
  for (const [bound, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    const limit = schema[bound];
    if (isSet(schema, exclusive) && typeof limit === 'number') result[exclusive] = limit;
  }
}

function isOnlyType(schema: Plain): boolean {
  return isPlainMap(schema) && Object.keys(schema).join() === 'type';
}
