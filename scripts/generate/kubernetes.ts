import { type Definitions, refTo, type Schema } from '../../src/api/schema.ts';
import { integer, SCALARS } from './scalars.ts';

const LINE = /^(?<add>\+ )?(?<type>\w+)(?:\.(?<field>\w+)(?<required>!)?)?: (?<rule>.+)$/;

/**
 * Adds the rules in `kubernetes.txt` to the types that Kubernetes defines. A line that no longer matches the types (a
 * field that does not exist, or one to add that does) is an error: the table must follow the package.
 */
export function supplementKubernetes(definitions: Definitions, table: string): void {
  for (const line of table.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const { add, type = '', field, required, rule = '' } = LINE.exec(line)?.groups ?? {};
    if (rule === '') throw new Error(`kubernetes.txt: not a rule: ${line}`);
    if (add !== undefined) {
      const fields: Schema = { type: 'object', properties: {}, additionalProperties: false };
      definitions[type] ??= { ...fields, 'x-kubernetes': true };
    }
    const definition = definitions[type];
    if (definition?.properties === undefined) throw new Error(`kubernetes.txt: no such type: ${line}`);
    if (field === undefined) {
      Object.assign(definition, fieldCount(rule));
      continue;
    }
    if (Object.hasOwn(definition.properties, field) !== (add === undefined)) {
      throw new Error(`kubernetes.txt: the types have changed: ${line}`);
    }
    if (add === undefined) {
      constrain(definition.properties[field] ?? {}, rule);
    } else {
      const [name = '', ...rest] = rule.split(' ');
      definition.properties[field] = constrain(typeSchema(name), rest.join(' '));
    }
    if (required === undefined || definition.required?.includes(field)) continue;
    definition.required = [...(definition.required ?? []), field];
  }
}

function fieldCount(rule: string): Schema {
  const [minimum, maximum] = rule.split(' ')[0]?.split('..').map(Number) ?? [];
  if (minimum === undefined || maximum === undefined) throw new Error(`kubernetes.txt: not a count: ${rule}`);
  return { minProperties: minimum, maxProperties: maximum };
}

function typeSchema(name: string): Schema {
  if (name.startsWith('[]')) return { type: 'array', items: typeSchema(name.slice(2)) };
  if (name === 'string' || name === 'boolean') return { type: name };
  if (name === 'int32' || name === 'int64') return integer(name);
  if (name === 'map') return { type: 'object', additionalProperties: { type: 'string' } };
  return { $ref: refTo(name) };
}

function constrain(schema: Schema, rule: string): Schema {
  const items = /^(\d*)\.\.(\d*) items$/.exec(rule);
  if (items === null) {
    constrainValue(schema.type === 'array' ? (schema.items ?? {}) : schema, rule);
    return schema;
  }
  if (items[1] !== '') schema.minItems = Number(items[1]);
  if (items[2] !== '') schema.maxItems = Number(items[2]);
  return schema;
}

function constrainValue(schema: Schema, rule: string): void {
  let rest = rule;
  if (rest.startsWith('int64')) {
    Object.assign(schema, integer('int64'));
    rest = rest.slice('int64'.length).trim();
  }
  if (/\bnonempty$/.test(rest)) {
    schema.minLength = 1;
    rest = rest.slice(0, -'nonempty'.length).trim();
  }
  const range = /^(-?\d+)\.\.(\d+)?$/.exec(rest);
  if (range !== null) {
    schema.minimum = Number(range[1]);
    if (range[2] !== undefined) schema.maximum = Number(range[2]);
  } else if (rest.includes(' | ')) {
    schema.enum = rest.split(' | ').map((value) => (value === '(empty)' ? '' : value));
  } else if (rest === 'maybe empty') {
    schema.minLength = 0;
  } else if (Object.hasOwn(SCALARS, rest)) {
    replace(schema, SCALARS[rest] ?? {});
  } else if (rest !== '' && rest !== 'there') {
    schema.format = rest;
  }
}

function replace(schema: Schema, by: Schema): void {
  const { description } = schema;
  for (const key of Object.keys(schema)) Reflect.deleteProperty(schema, key);
  Object.assign(schema, structuredClone(by), description === undefined ? {} : { description });
}
