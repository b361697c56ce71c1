import type { MapValue, Value } from '../yaml/index.ts';
import { ALSO } from './crd-also.ts';
import { MOST_ENTRIES, NAMED_BY, RULES } from './crd-rules.ts';
import type { Kind } from './kinds.ts';
import { PATTERNS } from './patterns.ts';
import { type Definitions, refName, type Schema } from './schema.ts';

const COLUMNS = [
  { name: 'Cluster', type: 'string', jsonPath: '.spec.cluster.name' },
  { name: 'Replicas', type: 'integer', jsonPath: '.spec.replicas' },
  { name: 'Version', type: 'string', jsonPath: '.spec.version' },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

/** The CustomResourceDefinition of a kind of group. */
export function customResourceDefinition(definitions: Definitions, kind: Kind, shortName: string): MapValue {
  const singular = kind.toLowerCase();
  const group = 'pingcap.com';
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${singular}s.${group}` },
    spec: {
      group,
      names: { kind, listKind: `${kind}List`, plural: `${singular}s`, singular, shortNames: [shortName] },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: rootSchema(definitions, kind) },
          subresources: { status: {} },
          additionalPrinterColumns: COLUMNS,
        },
      ],
    },
  };
}

/** A CRD may only say that apiVersion, kind and metadata exist. */
export function rootSchema(definitions: Definitions, kind: Kind): MapValue {
  const { properties = {}, required = [], description } = definitions[kind] ?? {};
  const head = ['apiVersion', 'kind', 'metadata'];
  const own = Object.fromEntries(Object.entries(properties).filter(([name]) => !head.includes(name)));
  return defined({
    description,
    type: 'object',
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      ...new Structural(definitions).fields(own, true),
    },
    required: listOrNone(required.filter((name) => !head.includes(name))),
  });
}

/** Structural schemas: without references, and with Kubernetes' own keywords for open maps and values of two types. */
class Structural {
  constructor(private readonly definitions: Definitions) {}

  /** Descriptions of Kubernetes' own fields are left out: with them, the CRD would be too big for `kubectl apply`. */
  fields(properties: { [name: string]: Schema }, described: boolean): MapValue {
    return Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [
        name,
        defined({
          description: described ? property.description : undefined,
          ...this.schema(property),
          ...namedBy(name, property),
        }),
      ]),
    );
  }

  private schema(schema: Schema): MapValue {
    if (schema.$ref !== undefined) return this.named(refName(schema.$ref));
    if (Array.isArray(schema.type)) return ofTwoTypes(schema);
    if (schema.type === 'object') return this.map(schema);
    if (schema.type === 'array') {
      const { minItems, maxItems } = schema;
      return defined({ type: 'array', items: this.schema(schema.items ?? {}), minItems, maxItems });
    }
    if (schema.type === undefined) return { 'x-kubernetes-preserve-unknown-fields': true };
    const { type, minimum, maximum, minLength, enum: values } = schema;
    return defined({ type, ...formatRule(schema), minimum, maximum, minLength, enum: values });
  }

  /** A type with its own definition, and its additional rules. */
  private named(name: string): MapValue {
    const schema = this.schema(this.definitions[name] ?? {});
    const also = (ALSO[name] ?? []).map((rule) => structuredClone(rule));
    const rules = (RULES[name] ?? []).map((rule) => ({ ...rule }));
    return defined({
      ...schema,
      maxProperties: MOST_ENTRIES[name] ?? schema.maxProperties,
      allOf: listOrNone(also),
      'x-kubernetes-validations': listOrNone(rules),
    });
  }

  private map(schema: Schema): MapValue {
    const { properties, required = [], additionalProperties, minProperties, maxProperties } = schema;
    if (typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0) {
      return { type: 'object', additionalProperties: this.schema(additionalProperties) };
    }
    return defined({
      type: 'object',
      properties: properties && this.fields(properties, schema['x-kubernetes'] !== true),
      required: listOrNone(required),
      minProperties,
      maxProperties,
      'x-kubernetes-preserve-unknown-fields': additionalProperties === false ? undefined : true,
    });
  }
}

function ofTwoTypes(schema: Schema): MapValue {
  if (schema.type?.includes('object')) return { 'x-kubernetes-preserve-unknown-fields': true };
  const anyOf = [{ type: 'integer' }, { type: 'string' }];
  const { minimum, maximum } = schema;
  return defined({ anyOf, ...formatRule(schema), minimum, maximum, 'x-kubernetes-int-or-string': true });
}

/** Kubernetes would check formats that it knows by its own rules, even for empty text. */
function formatRule({ type, format = '' }: Schema): { readonly [keyword: string]: string | number } {
  if (type === 'integer') return format === '' ? {} : { format };
  return { ...PATTERNS[format] };
}

/** Kubernetes' own types have the lists under the same names. */
function namedBy(field: string, { type, items }: Schema): MapValue {
  const key = items?.$ref === undefined || type !== 'array' ? undefined : NAMED_BY[field];
  return key === undefined ? {} : { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [key] };
}

function listOrNone<Entry>(entries: Entry[]): Entry[] | undefined {
  return entries.length === 0 ? undefined : entries;
}

function defined(map: { [key: string]: Value | undefined }): MapValue {
  return Object.fromEntries(
    Object.entries(map).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}
