import type { Path } from '../../problem/index.ts';
import { setOwn } from '../../yaml/index.ts';
import { isPlainMap, type Plain, type PlainMap } from './plain.ts';
import { fieldSchema, isSet, itemSchema, mapAt, ownField } from './structural.ts';

/** Every resource has these, and so has one in another. */
const HEAD = ['apiVersion', 'kind', 'metadata'];

/** Told of a field that no schema has, and of the names that could stand in its place. */
export type OnUnknown = (path: Path, known: readonly string[]) => void;

/**
 * What the API server makes of a resource before it checks it, in its order: fields that the schema does not have are
 * dropped, and so are nulls where none may be; defaults come in where there is nothing. Changes the resource.
 * (apiextensions-apiserver: pkg/apiserver/schema/pruning, /defaulting)
 */
export function makeStored(resource: PlainMap, schema: PlainMap, onUnknown: OnUnknown): void {
  new Pruning(onUnknown).prune(resource, { ...schema, 'x-kubernetes-embedded-resource': true });
  dropNulls(resource, schema);
  setDefaults(resource, schema);
}

class Pruning {
  private readonly path: (string | number)[] = [];

  constructor(private readonly onUnknown: OnUnknown) {}

  prune(value: Plain, schema: PlainMap | undefined): void {
    const keeps = isSet(schema, 'x-kubernetes-preserve-unknown-fields');
    if (Array.isArray(value)) this.pruneItems(value, schema, keeps);
    else if (isPlainMap(value)) this.pruneFields(value, schema, keeps);
  }

  private pruneItems(list: Plain[], schema: PlainMap | undefined, keeps: boolean): void {
    for (const [index, item] of list.entries()) {
      const inner = itemSchema(schema);
      this.within(index, () => this.prune(item, keeps ? { ...inner, ...KEEPS } : inner));
    }
  }

  private pruneFields(map: PlainMap, schema: PlainMap | undefined, keeps: boolean): void {
    const isResource = isSet(schema, 'x-kubernetes-embedded-resource');
    for (const [name, value] of Object.entries(map)) {
      if (isResource && HEAD.includes(name)) continue;
      const own = ownField(schema, name);
      const isOpen = schema?.additionalProperties !== undefined && schema.additionalProperties !== false;
      if (own !== undefined || isOpen)
        this.within(name, () => this.prune(value, own ?? mapAt(schema, 'additionalProperties')));
      else if (!keeps) {
        this.within(name, () => this.onUnknown([...this.path], this.namesIn(schema, isResource)));
        delete map[name];
      }
    }
  }

  private namesIn(schema: PlainMap | undefined, isResource: boolean): string[] {
    return [...(isResource ? HEAD : []), ...Object.keys(mapAt(schema, 'properties') ?? {})];
  }

  private within(step: string | number, prune: () => void): void {
    this.path.push(step);
    prune();
    this.path.pop();
  }
}

const KEEPS = { 'x-kubernetes-preserve-unknown-fields': true };

function dropNulls(value: Plain, schema: PlainMap | undefined): void {
  if (Array.isArray(value)) for (const item of value) dropNulls(item, itemSchema(schema));
  if (!isPlainMap(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    const own = fieldSchema(schema, name);
    if (isNullInVain(inner, own) && defaultOf(own) === null) delete value[name];
    else dropNulls(inner, own);
  }
}

function setDefaults(value: Plain, schema: PlainMap | undefined): void {
  if (schema === undefined) return;
  if (Array.isArray(value)) {
    const items = itemSchema(schema);
    for (const [index, item] of value.entries()) {
      if (isNullInVain(item, items)) value[index] = structuredClone(defaultOf(items));
      setDefaults(value[index] ?? null, items);
    }
  }
  if (!isPlainMap(value)) return;
  for (const name of Object.keys(mapAt(schema, 'properties') ?? {})) {
    const own = ownField(schema, name);
    const given = defaultOf(own);
    const isThere = Object.hasOwn(value, name) && !isNullInVain(value[name] ?? null, own);
    if (given !== null && !isThere) setOwn(value, name, structuredClone(given));
  }
  for (const [name, inner] of Object.entries(value)) {
    const own = fieldSchema(schema, name);
    if (isNullInVain(inner, own)) setOwn(value, name, structuredClone(defaultOf(own)));
    setDefaults(value[name] ?? null, own);
  }
}

function isNullInVain(value: Plain, schema: PlainMap | undefined): boolean {
  return value === null && schema !== undefined && !isSet(schema, 'nullable');
}

function defaultOf(schema: PlainMap | undefined): Plain {
  return schema?.default ?? null;
}
