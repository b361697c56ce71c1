import { definitions, type Kind, refName, refTo, type Schema } from '../../src/api/index.ts';
import type { Path } from '../../src/problem/index.ts';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';

/** A text of each format. */
const TEXTS: { readonly [format: string]: string } = {
  cidr: '10.0.0.0/8',
  'cluster-ip': 'None',
  'absolute-path': '/text',
  duration: '30s',
  'host-ports': 'text:1',
  image: 'example/server:v1',
  'image-name': 'example/server',
  ip: '10.0.0.1',
  'iscsi-name': 'iqn.2001-04.com.example:storage',
  quantity: '10Gi',
};

/** Read once: a test needs thousands of them. */
const DEFINITIONS = definitions();

export function resolve(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (DEFINITIONS[refName(schema.$ref)] ?? {});
}

/** The smallest valid value: only required fields, and one of each required choice. */
export function sample(schema: Schema): Value {
  const {
    type,
    enum: values,
    const: only,
    format = '',
    minimum,
    items,
    minItems = 0,
    ...rules
  } = resolve(schema);
  if (only !== undefined) return only;
  if (values !== undefined) return values[0] ?? '';
  const first = Array.isArray(type) ? type[0] : type;
  if (first === 'string') return TEXTS[format] ?? 'text';
  if (first === 'integer' || first === 'number') return minimum ?? 1;
  if (first === 'boolean') return true;
  if (first === 'array') return Array.from({ length: minItems }, () => sample(items ?? {}));
  return sampleMap(rules);
}

function sampleMap({ properties = {}, required = [], minProperties = 0 }: Schema): MapValue {
  const optional = Object.keys(properties).filter((name) => !required.includes(name));
  const names = [...required, ...optional.slice(0, Math.max(0, minProperties - required.length))];
  return Object.fromEntries(names.map((name) => [name, sample(properties[name] ?? {})]));
}

/** A valid resource in which `change` changes the map that holds the last step of the path. */
export function sampleAt(kind: Kind, path: Path, change: (holder: MapValue, name: string) => void): MapValue {
  const root: Schema = { $ref: refTo(kind) };
  const resource = sample(root);
  if (!isMap(resource)) throw new Error(`${kind} is no map`);
  descend(resource, root, path, change);
  return resource;
}

function descend(
  holder: MapValue,
  schema: Schema,
  [step, ...rest]: Path,
  change: (holder: MapValue, name: string) => void,
): void {
  const { properties = {}, maxProperties, required = [] } = resolve(schema);
  if (typeof step !== 'string') throw new Error(`a field must have a name: ${step}`);
  // In a choice, the path's own field replaces the sampled one.
  if (maxProperties !== undefined) {
    for (const name of Object.keys(holder)) if (!required.includes(name)) delete holder[name];
  }
  if (rest.length === 0) {
    change(holder, step);
    return;
  }
  const property = properties[step] ?? {};
  if (rest[0] === 0) {
    const item = sample(property.items ?? {});
    holder[step] = [item];
    if (isMap(item)) descend(item, property.items ?? {}, rest.slice(1), change);
    return;
  }
  const inner = isMap(holder[step] ?? null) ? holder[step] : sample(property);
  if (inner === undefined || !isMap(inner)) throw new Error(`no map at ${step}`);
  holder[step] = inner;
  descend(inner, property, rest, change);
}
