import { Ajv, type ValidateFunction } from 'ajv';
import { definitionsFor } from '../../src/api/definitions.ts';
import { KINDS, type Kind, refTo } from '../../src/api/index.ts';
import { FORMATS } from '../../src/validate/structure/formats.ts';
import { Float, isMap, type Value } from '../../src/yaml/index.ts';

const ajv = new Ajv({ allErrors: true, inlineRefs: false, allowUnionTypes: true, code: { optimize: false } });
ajv.addVocabulary(['x-kubernetes', 'x-kept-empty', 'x-newer']);
ajv.addFormat('int32', { type: 'number', validate: (value) => Math.abs(value + 0.5) < 2 ** 31 });
ajv.addFormat('int64', { type: 'number', validate: (value) => value >= -(2 ** 63) && value < 2 ** 63 });
for (const [name, format] of Object.entries(FORMATS)) {
  ajv.addFormat(name, { type: 'string', validate: (text: string) => text === '' || format.matches(text) });
}
for (const kind of KINDS) ajv.addSchema({ $id: kind, definitions: definitionsFor(kind) });

const compiled = new Map<Kind, ValidateFunction>();

/** Whether ajv accepts the resource. It shares our schemas, and none of the code that walks them. */
export function isRightToAjv(kind: Kind, object: Value): boolean {
  let validate = compiled.get(kind);
  if (validate === undefined) {
    validate = ajv.compile({ $ref: `${kind}${refTo(kind)}` });
    compiled.set(kind, validate);
  }
  return validate(plain(object));
}

/** The value as JSON: without nulls in maps, which count as absent. A float does not become an integer. */
function plain(value: Value): unknown {
  if (value instanceof Float) return Number.isInteger(value.value) ? value.value + 0.5 : value.value;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
}
