import { readdirSync, readFileSync } from 'node:fs';
import { KINDS } from '../../src/api/kinds.ts';
import { type Definitions, refName, type Schema } from '../../src/api/schema.ts';
import { supplementKubernetes } from './kubernetes.ts';
import { integer, SCALARS } from './scalars.ts';
import { readTypes } from './types.ts';

/** Types that are written as a name, or as a map that has the name among others, by the type of the map. */
const NAME_OR_MAP = { Zone: 'ZoneSpec' };

/** The definitions of all kinds, with every rule from the types, their tags and the Kubernetes table. */
export function makeDefinitions(root: string): Definitions {
  const definitions = readTypes(root);
  const own = ownNames(`${root}/src/api`);
  for (const [name, definition] of Object.entries(definitions)) {
    if (!own.has(name)) markKubernetes(definition);
  }
  supplementKubernetes(definitions, readFileSync(`${root}/scripts/generate/kubernetes.txt`, 'utf8'));
  for (const name of Object.keys(definitions)) {
    if (Object.hasOwn(SCALARS, name)) definitions[name] = SCALARS[name] ?? {};
  }
  for (const [name, map] of Object.entries(NAME_OR_MAP)) {
    definitions[name] = { ...definitions[map], type: ['object', 'string'], format: 'dns-label' };
  }
  for (const definition of Object.values(definitions)) {
    for (const schema of schemasIn(definition)) inlineScalar(schema, definitions);
  }
  const facts = (name: string) => readFileSync(`${root}/fixtures/facts/${name}.txt`, 'utf8');
  markFields(definitions, 'x-kept-empty', facts('kubernetes-kept-empty'));
  markFields(definitions, 'x-newer', facts('operator-newer-fields'));
  for (const definition of Object.values(definitions)) completeProperties(definition);
  return reachable(definitions);
}

function ownNames(folder: string): Set<string> {
  const names = new Set<string>();
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.ts')) continue;
    const source = readFileSync(`${folder}/${file}`, 'utf8');
    for (const match of source.matchAll(/^export (?:interface|type) (\w+)/gm)) names.add(match[1] ?? '');
  }
  return names;
}

/** Numbers in a pod are integers, and a type without fields accepts anything. */
function markKubernetes(definition: Schema): void {
  if (definition.type === 'object') {
    if (Object.keys(definition.properties ?? {}).length > 0) definition['x-kubernetes'] = true;
    else delete definition.additionalProperties;
  }
  for (const schema of schemasIn(definition)) {
    if (schema.type === 'number') Object.assign(schema, integer('int32'));
    if (schema.description !== undefined) schema.description = firstSentence(schema.description);
  }
}

function firstSentence(text: string): string {
  return /^.*?(?<!e\.g|i\.e|etc)[.:](?=\s|$)/s.exec(text)?.[0].replaceAll(/\s+/g, ' ') ?? text;
}

/** Every schema inside a definition, itself included. */
export function* schemasIn(schema: Schema): Generator<Schema> {
  yield schema;
  for (const property of Object.values(schema.properties ?? {})) yield* schemasIn(property);
  if (schema.items !== undefined) yield* schemasIn(schema.items);
  if (typeof schema.additionalProperties === 'object') yield* schemasIn(schema.additionalProperties);
}

/** Replaces the name of a scalar with its rules. Rules at the place of use take precedence. */
function inlineScalar(schema: Schema, definitions: Definitions): void {
  if (schema.$ref === undefined) return;
  const target = definitions[refName(schema.$ref)];
  if (target === undefined || target.type === undefined) return;
  if (target.type === 'object' || target.type === 'array' || target.properties !== undefined) return;
  delete schema.$ref;
  const { description: _, enum: values, ...rules } = target;
  Object.assign(schema, { ...rules, ...schema });
  // The operator reads an empty string as "not set", even if only certain strings are valid.
  if (values !== undefined) schema.enum = [...values, ''];
}

/** Where empty is not a valid value: required fields, list items, and fields that Kubernetes stores even when empty. */
function completeProperties(definition: Schema): void {
  const isKubernetes = definition['x-kubernetes'] === true;
  for (const [name, property] of Object.entries(definition.properties ?? {})) {
    const required = definition.required?.includes(name) ?? false;
    const isText = property.type === 'string' && property.enum === undefined;
    const isRuled = isKubernetes || property.format !== undefined;
    if (required && isRuled && (isText || property.format === 'port')) property.minLength ??= 1;
    if (property.minLength === 0) delete property.minLength;
    const { items } = property;
    if (items?.format !== undefined && items.type === 'string' && items.format !== 'label-value') {
      items.minLength = 1;
    }
    const kept = definition['x-kept-empty']?.includes(name) ?? false;
    const values = isKubernetes && !required && !kept ? property.enum : undefined;
    if (values !== undefined && !values.includes('')) property.enum = [...values, ''];
  }
}

/** The facts are from a newer Kubernetes than the types, so a field that the types lack is not a mistake. */
function markFields(definitions: Definitions, keyword: 'x-kept-empty' | 'x-newer', facts: string): void {
  for (const [, type = '', field = ''] of facts.matchAll(/^(\w+)\.(\w+)$/gm)) {
    const definition = definitions[type];
    if (definition?.['x-kubernetes'] === undefined) continue;
    if (!Object.hasOwn(definition.properties ?? {}, field)) continue;
    definition[keyword] = [...(definition[keyword] ?? []), field];
  }
}

function reachable(definitions: Definitions): Definitions {
  const names = new Set<string>(KINDS);
  for (const name of names) {
    const definition = definitions[name];
    if (definition === undefined) throw new Error(`no definition for ${name}`);
    for (const { $ref } of schemasIn(definition)) if ($ref !== undefined) names.add(refName($ref));
  }
  return Object.fromEntries([...names].sort().map((name) => [name, definitions[name] ?? {}]));
}
