import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import { at } from './read-yaml.ts';

/** Says what is wrong with a resource, as paths with a reason. */
export type Check = (resource: unknown) => string[];

/** The checks of CustomResourceDefinitions, by `apiVersion` and kind: `argoproj.io/v1alpha1 Application`. */
export function checksOf(directory: string): Map<string, Check> {
  const files = readdirSync(directory).filter((name) => /^(?!kustomization\.).*\.yaml$/.test(name));
  const definitions = files.flatMap((name) =>
    loadAll(readFileSync(join(directory, name), 'utf8'), { schema: CORE_SCHEMA }).filter(isMap),
  );
  return new Map(definitions.flatMap(checksOfVersions));
}

/** To optimize the code takes longer than it saves. */
const OPTIONS = { allErrors: true, strict: false, validateFormats: false, code: { optimize: false } };

/** A check by a JSON Schema, which may have more definitions. */
export function checkBy(schema: object): Check {
  let validate: ValidateFunction | undefined;
  return (resource) => {
    // Compiled on first use: a directory has more definitions than its tests use, and each takes long to compile.
    validate ??= new Ajv(OPTIONS).compile(schema);
    validate(resource);
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath}: ${message} ${JSON.stringify(params)}`,
    );
  };
}

function checksOfVersions(definition: MapValue): [string, Check][] {
  const kind = at(definition, 'spec', 'names', 'kind');
  const versions = at(definition, 'spec', 'versions');
  return (Array.isArray(versions) ? versions : []).map((version) => {
    const schema = closed(at(version, 'schema', 'openAPIV3Schema') ?? null);
    const title = `${at(definition, 'spec', 'group')}/${at(version, 'name')} ${kind}`;
    return [title, checkBy(isMap(schema) ? { ...schema, additionalProperties: false } : {})];
  });
}

/** A schema of the API server's own kind as JSON Schema, in which a field that it does not know is wrong. */
function closed(schema: Value): Value {
  if (typeof schema === 'bigint') return Number(schema);
  if (Array.isArray(schema)) return schema.map(closed);
  if (!isMap(schema)) return schema;
  const { 'x-kubernetes-int-or-string': eitherType, ...rest } = schema;
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, closed(value)]));
  if (eitherType === true) return { ...inner, type: ['integer', 'string'] };
  const isOpen = 'additionalProperties' in schema || schema['x-kubernetes-preserve-unknown-fields'] === true;
  return isMap(schema.properties) && !isOpen ? { ...inner, additionalProperties: false } : inner;
}
