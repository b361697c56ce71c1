import { definitions } from '../../src/api/index.ts';
import { type Field, fieldsOf } from '../../src/kubernetes/types.ts';
import type { Path } from '../../src/problem/index.ts';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import { created } from './kubernetes-judge.ts';
import { isWritable } from './kubernetes-values.ts';

/** A field of a resource, and its possible values; undefined where the field may be absent. */
export interface Layer {
  readonly path: Path;
  /** The resource with each of the values. */
  readonly states: readonly MapValue[];
}

/**
 * Every field of a resource at any depth, one at a time, with values that Kubernetes accepts there: what a patch may
 * make of the resource. Kubernetes itself says which values it accepts.
 */
export function layersOf(resource: MapValue): Layer[] {
  const places = [...placesIn(String(resource.kind), [], resource)];
  const tried = places.map(({ path, candidates }) => ({
    path,
    states: candidates.map((value) => withValue(resource, path, value)),
  }));
  const answers = created(tried.flatMap(({ states }) => states)).map(({ refused }) => refused === undefined);
  return tried.flatMap(({ path, states }): Layer[] => {
    const taken = states.filter(() => answers.shift());
    return taken.length > 1 ? [{ path, states: taken.slice(0, 3) }] : [];
  });
}

interface Place {
  readonly path: Path;
  readonly candidates: readonly (Value | undefined)[];
}

const FIXED = new Set(['apiVersion', 'kind', 'metadata', 'status']);

function* placesIn(type: string, path: Path, value: MapValue): Generator<Place> {
  for (const [name, field] of fieldsOf(type) ?? []) {
    const at = [...path, name];
    if (!isWritable(`${type}.${name}`) || (path.length === 0 && FIXED.has(name))) continue;
    const written = value[name];
    yield { path: at, candidates: unique([written, undefined, ...candidates(type, name, field)]) };
    const inner = field.around.length === 0 ? [[at, written] as const] : itemsOf(written, at);
    for (const [place, item] of inner) if (isMap(item)) yield* placesIn(field.type, place, item);
  }
}

function itemsOf(value: Value | undefined, path: Path): (readonly [Path, Value])[] {
  return Array.isArray(value)
    ? value.slice(0, 2).map((item, index) => [[...path, index], item] as const)
    : [];
}

function unique(values: readonly (Value | undefined)[]): (Value | undefined)[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

const TEXTS = ['a', 'b-c', '/a', 'a.b/c', '10.96.0.9', 'None'];

const PLAIN: { readonly [type: string]: readonly Value[] } = {
  boolean: [true, false],
  bytes: ['YQ=='],
  integer: [0, 1, 2, 5000, 30001],
  quantity: ['1Gi', '1024Mi', '2Gi', '1'],
  string: TEXTS,
  'string-or-integer': [1, 2, 'a'],
};

function candidates(type: string, name: string, field: Field): Value[] {
  const words = definitions()[type]?.properties?.[name]?.enum ?? [];
  const values = [
    ...words.filter((word) => typeof word === 'string'),
    ...(PLAIN[field.type] ?? structsOf(field.type)),
  ];
  return field.around.reduceRight<Value[]>(
    (inner, around) =>
      around === 'map'
        ? [{}, ...inner.map((value) => ({ a: value })), { a: inner[0] ?? null, b: inner[1] ?? null }]
        : [[], ...inner.map((value) => [value]), inner.slice(0, 2)],
    values,
  );
}

/** Values of a type with fields: without any field, and with each plain field alone. */
function structsOf(type: string, depth = 2): Value[] {
  const fields = [...(fieldsOf(type) ?? [])];
  const required = Object.fromEntries(
    // Empty text counts as a value only if one is required.
    fields.filter((field) => field[1].default === '').map(([name]) => [name, 'a']),
  );
  const singles = fields.flatMap(([name, field]) => {
    if (!isWritable(`${type}.${name}`)) return [];
    const plain = PLAIN[field.type] ?? (depth > 0 ? structsOf(field.type, depth - 1).slice(0, 2) : []);
    return plain.slice(0, 2).map((value): Value => {
      const wrapped = field.around.reduceRight<Value>(
        (v, around) => (around === 'map' ? { a: v } : [v]),
        value,
      );
      return { ...required, [name]: wrapped };
    });
  });
  return [{}, required, ...singles];
}

export function withValue(parent: MapValue, [step, ...rest]: Path, value: Value | undefined): MapValue {
  return put(parent, [step ?? '', ...rest], value) as MapValue;
}

function put(parent: Value, [step, ...rest]: Path, value: Value | undefined): Value {
  if (Array.isArray(parent))
    return parent.map((item, index) => (index === step ? put(item, rest, value) : item));
  if (step === undefined) return value ?? null;
  const map: MapValue = isMap(parent) ? { ...parent } : {};
  if (rest.length === 0 && value === undefined) delete map[step];
  else map[step] = rest.length === 0 ? (value ?? null) : put(map[step] ?? {}, rest, value);
  return map;
}
