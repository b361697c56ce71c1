import { definitions, refName, type Schema } from '../../src/api/index.ts';
import { isMap, type MapValue, mapAt, type Value } from '../../src/yaml/index.ts';
import { createdUnder } from './kubernetes-judge.ts';
import { readFixture } from './table.ts';

/** What is known of TiDB Operator v2's CustomResourceDefinitions; the file says how it is written. */
interface Facts {
  readonly names: { readonly [kind: string]: number };
  readonly patterns: { readonly [name: string]: string };
  readonly enums: { readonly [name: string]: string[] };
  readonly rules: { readonly [type: string]: readonly string[] };
  readonly types: { readonly [type: string]: string | MapValue };
  readonly lists: { readonly [field: string]: string[] };
}

const facts = readFixture<Facts>('facts/operator-v2.yaml');
const KUBERNETES = definitions();

/** The CustomResourceDefinitions of the kinds that a conversion makes, but for texts, columns and statuses. */
function v2Definitions(): MapValue[] {
  return Object.entries(facts.names).map(([kind, longest]) => {
    const plural = `${kind.toLowerCase()}s`;
    const group = 'core.pingcap.com';
    const rule = `size(self.metadata.name) <= ${longest}`;
    return {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${group}` },
      spec: {
        group,
        names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
        scope: 'Namespaced',
        versions: [{ name: 'v1alpha1', served: true, storage: true, schema: rootOf(kind, rule) }],
      },
    };
  });
}

function rootOf(kind: string, rule: string): MapValue {
  const properties = {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { type: 'object' },
    spec: kind === 'Cluster' ? ofType(kind) : groupSpec(kind),
  };
  const rules = [{ rule, message: 'the name is too long' }];
  return { openAPIV3Schema: { type: 'object', properties, 'x-kubernetes-validations': rules } };
}

function groupSpec(kind: string): MapValue {
  const server = `${kind.slice(0, -'Group'.length)}Server`;
  const spec = {
    ...ofFields({ ...fieldsOf('Server'), ...fieldsOf(server) }),
    ...rulesOf('Claims', ...(Object.hasOwn(fieldsOf(server), 'volumes!') ? ['Data'] : [])),
  };
  const template = { type: 'object', required: ['spec'], properties: { metadata: ofType('Metadata'), spec } };
  const { properties, required = [] } = ofFields({ ...fieldsOf('Group'), ...fieldsOf(kind) });
  const all = isMap(properties) ? properties : {};
  const needed = Array.isArray(required) ? required : [];
  return { type: 'object', properties: { ...all, template }, required: [...needed, 'template'] };
}

function fieldsOf(type: string): MapValue {
  const fields = facts.types[type] ?? {};
  return isMap(fields) ? fields : {};
}

function rulesOf(...types: readonly string[]): MapValue {
  const rules = types.flatMap((type) => facts.rules[type] ?? []);
  return rules.length === 0
    ? {}
    : { 'x-kubernetes-validations': rules.map((rule) => ({ rule, message: rule })) };
}

function ofType(type: string): MapValue {
  const written = facts.types[type];
  if (written === undefined) throw new Error(`nothing is known of ${type}`);
  return { ...schemaOf(written), ...rulesOf(type) };
}

function schemaOf(written: Value): MapValue {
  if (isMap(written)) return ofFields(written);
  const text = String(written);
  const [, keys, inner] = /^\[([\w,]*)\] (.+)$/.exec(text) ?? [];
  if (keys !== undefined && inner !== undefined)
    return {
      type: 'array',
      items: schemaOf(inner),
      maxItems: 256,
      ...toldApartBy(keys === '' ? [] : keys.split(',')),
    };
  if (text.startsWith('{} '))
    return { type: 'object', additionalProperties: schemaOf(text.slice(3)), maxProperties: 512 };
  const [, format, minimum] = /^(int\d\d)(?: >= (\d+))?$/.exec(text) ?? [];
  if (format !== undefined)
    return { type: 'integer', format, ...(minimum !== undefined && { minimum: Number(minimum) }) };
  if (text === 'string = ') return { type: 'string', default: '' };
  if (text === 'string' || text === 'boolean') return { type: text };
  if (text === 'quantity') return quantity();
  if (Object.hasOwn(facts.patterns, text)) return { type: 'string', pattern: facts.patterns[text] ?? '' };
  if (Object.hasOwn(facts.enums, text)) return { type: 'string', enum: [...(facts.enums[text] ?? [])] };
  return text.startsWith('k8s.') ? ofKubernetes({ $ref: `#/definitions/${text.slice(4)}` }) : ofType(text);
}

function quantity(): MapValue {
  const anyOf = [{ type: 'integer' }, { type: 'string' }];
  return { anyOf, pattern: facts.patterns.quantity ?? '', 'x-kubernetes-int-or-string': true };
}

function toldApartBy(keys: readonly string[]): MapValue {
  return keys.length === 0
    ? {}
    : { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [...keys] };
}

function ofFields(fields: MapValue): MapValue {
  const names = Object.keys(fields);
  const required = names.filter((name) => name.endsWith('!')).map((name) => name.slice(0, -1));
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, type]) => [name.replace(/!$/, ''), schemaOf(type)]),
    ),
    ...(required.length > 0 && { required }),
  };
}

/** A type of Kubernetes, by its published description; only fields and their types, as controller-gen has them. */
function ofKubernetes(schema: Schema): MapValue {
  const { type, properties, items, additionalProperties, required, format } =
    schema.$ref === undefined ? schema : (KUBERNETES[refName(schema.$ref)] ?? {});
  if (Array.isArray(type))
    return format === 'quantity'
      ? quantity()
      : { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true };
  if (type === 'array') return { type, items: ofKubernetes(items ?? {}) };
  if (type === 'object') {
    if (typeof additionalProperties === 'object')
      return { type, additionalProperties: ofKubernetes(additionalProperties) };
    return {
      type,
      properties: Object.fromEntries(
        Object.entries(properties ?? {}).map(([name, inner]) => [
          name,
          { ...ofKubernetes(inner), ...(inner.type === 'array' ? toldApartBy(facts.lists[name] ?? []) : {}) },
        ]),
      ),
      ...(required !== undefined && required.length > 0 && { required }),
    };
  }
  if (type === 'integer') return { type, ...(format?.startsWith('int') && { format }) };
  return type === undefined ? { 'x-kubernetes-preserve-unknown-fields': true } : { type };
}

/** Why an API server does not take resources of v2, and what it would drop. */
export function refusedByV2(resources: readonly MapValue[]): string[] {
  const answers = createdUnder(
    v2Definitions().map((definition) => {
      const kind = mapAt(definition, 'spec', 'names').kind;
      return { definition, resources: resources.filter((one) => one.kind === kind).map(inNamespace) };
    }),
  );
  return answers.flatMap(({ refused = [], resources: its }) => [
    ...refused.map(({ field, message }) => `definition ${field}: ${message}`),
    ...its.flatMap((one) => (one.refused ?? []).map(({ field, message }) => `${field}: ${message}`)),
    ...its.flatMap(({ unknown = [] }) => unknown.map((field) => `${field} is dropped`)),
  ]);
}

/** As kubectl applies it. */
function inNamespace(resource: MapValue): MapValue {
  return { ...resource, metadata: { namespace: 'default', ...mapAt(resource, 'metadata') } };
}
