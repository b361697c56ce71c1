import type { Item } from '../../list/index.ts';
import { Field, type Path, type Problems, type Subject } from '../../problem/index.ts';
import { isMap, type MapValue, type Value } from '../../yaml/index.ts';
import { checkPart } from '../structure/index.ts';
import { allowedValues, show } from '../structure/show.ts';
import { checkValue } from '../structure/walk.ts';
import type { CustomKind } from './definition.ts';
import { faultsOf } from './faults.ts';
import { findDuplicates } from './lists.ts';
import { isPlainMap, type Plain, type PlainMap, plainOf } from './plain.ts';
import { reportDuplicate, reportFault, reportUnknown } from './report.ts';
import type { Schemas } from './schemas.ts';
import { makeStored } from './stored.ts';
import { fieldSchema, isSet, itemSchema } from './structural.ts';
import type { Validator } from './validator.ts';

/**
 * Adds a problem for everything in the resources that violates their schemas. Returns those that have no schema.
 */
export function checkBySchemas(items: readonly Item[], schemas: Schemas, problems: Problems): Item[] {
  const broken = new Set<Item>();
  const unchecked: Item[] = [];
  for (const item of items) {
    const known = schemas.of(item.apiVersion, item.kind);
    const check = new Check(item, problems);
    if (known === undefined || known.by === 'broken-schema') unchecked.push(item);
    if (known?.by === 'definition') check.byDefinition(known.kind, known.validator);
    else if (known?.by === 'json-schema') check.byJsonSchema(known.validator);
    else if (known?.by === 'other-versions') check.reportVersion(known.apiVersions);
    else if (known !== undefined && !broken.has(known.item)) {
      broken.add(known.item);
      const what = `the schema of ${item.kind} must be a JSON Schema, but ${known.reason}`;
      problems.addAt('schema', known.item.locate([], 'key'), `${what}; correct it, or add what it refers to`);
    }
  }
  return unchecked;
}

class Check {
  private readonly object: MapValue;
  private readonly checked: Subject<MapValue>;

  constructor(
    private readonly item: Item,
    private readonly problems: Problems,
  ) {
    this.object = item.object;
    this.checked = { object: item.object, origin: item };
  }

  /** As the API server does it. Rules in CEL are not looked at. */
  byDefinition({ schema, hasStatus }: CustomKind, validator: Validator): void {
    const resource = plainOf(this.object);
    if (!isPlainMap(resource)) return;
    this.checkMetadata(this.object.metadata ?? null, ['metadata']);
    makeStored(resource, schema, (path, known) =>
      this.at(path, (at) => reportUnknown(String(path.at(-1)), known, at)),
    );
    if (hasStatus) delete resource.status;
    this.checkEmbedded(resource, schema);
    this.report(validator, resource);
    findDuplicates(resource, schema, (path, keys) => this.at(path, (at) => reportDuplicate(keys, at)));
  }

  byJsonSchema(validator: Validator): void {
    this.report(validator, withoutNulls(plainOf(this.object)));
  }

  reportVersion(apiVersions: readonly string[]): void {
    const allowed = allowedValues(apiVersions);
    this.at(['apiVersion'], (at) =>
      at.add(
        'field-enum',
        `must be ${allowed}, which the CustomResourceDefinition serves, but is ${show(this.item.apiVersion)}`,
      ),
    );
  }

  private report(validator: Validator, resource: Plain): void {
    for (const fault of faultsOf(validator(resource), resource)) {
      this.at(fault.path, (at) => reportFault(fault, this.written(fault.path) ?? toValue(fault.value), at));
    }
  }

  /** Resources in resources have a head as every resource has. */
  private checkEmbedded(value: Plain, schema: PlainMap | undefined, path: Path = []): void {
    if (schema === undefined) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries())
        this.checkEmbedded(item, itemSchema(schema), [...path, index]);
    }
    if (!isPlainMap(value)) return;
    if (path.length > 0 && isSet(schema, 'x-kubernetes-embedded-resource')) this.checkHead(value, path);
    for (const [name, inner] of Object.entries(value))
      this.checkEmbedded(inner, fieldSchema(schema, name), [...path, name]);
  }

  private checkHead(resource: PlainMap, path: Path): void {
    for (const name of ['apiVersion', 'kind']) {
      const value = Object.hasOwn(resource, name) ? resource[name] : undefined;
      this.at([...path, name], (at) => {
        if (value === undefined || value === '')
          at.add('field-missing', 'is missing; add it: it must be a string');
        else if (typeof value !== 'string')
          checkValue({ type: 'string' }, this.written(at.path) ?? toValue(value), at);
        else if (!HEADS[name]?.test(value))
          at.add('text-syntax', `must have the form that every resource needs, but ${show(value)} does not`);
      });
    }
    const { metadata = null } = resource;
    this.checkMetadata(this.written([...path, 'metadata']) ?? toValue(metadata), [...path, 'metadata']);
  }

  private checkMetadata(metadata: Value, path: Path): void {
    if (metadata !== null)
      checkPart(this.checked, path, metadata, 'ObjectMeta', this.item.kind, this.problems);
  }

  private written(path: Path): Value | undefined {
    return path.reduce<Value | undefined>((value, step) => {
      if (Array.isArray(value)) return value[Number(step)];
      return isMap(value) && Object.hasOwn(value, String(step)) ? value[String(step)] : undefined;
    }, this.object);
  }

  private at(path: Path, add: (at: Field) => void): void {
    add(Field.of(this.item, this.problems, this.item.kind).to(...path));
  }
}

/** What stands at the head of a resource. */
const HEADS: { readonly [name: string]: RegExp } = {
  apiVersion: /^[^/]*(?:\/[^/]*)?$/,
  kind: /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/i,
};

/** To Kubernetes, a null in a map equals nothing. */
function withoutNulls(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isPlainMap(value)) return value;
  for (const [key, inner] of Object.entries(value)) {
    if (inner === null) delete value[key];
    else withoutNulls(inner);
  }
  return value;
}

/** What came from a default stands nowhere. */
function toValue(checked: unknown): Value {
  return JSON.parse(JSON.stringify(checked ?? null));
}
