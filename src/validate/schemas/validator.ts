import { Ajv, type ErrorObject } from 'ajv';
import { FORMATS } from './formats.ts';
import { compilePattern } from './pattern.ts';
import { isPlainMap, type Plain, type PlainMap } from './plain.ts';

/** Says what is wrong with a value; nothing if it is right. */
export type Validator = (value: Plain) => readonly ErrorObject[];

/** Kubernetes' names of formats have no dashes; those of JSON Schema have. */
const DASHED = { 'date-time': FORMATS.datetime };

/**
 * ajv for schemas that others wrote. No text of a schema becomes code or an endless match, nothing is fetched, and
 * keywords beyond draft 7 are ignored.
 */
export function newAjv(formats: 'kubernetes' | 'json-schema'): Ajv {
  return new Ajv({
    allErrors: true,
    verbose: true,
    ownProperties: true,
    strict: false,
    validateSchema: false,
    addUsedSchema: false,
    logger: false,
    // Kubernetes allows for what floats lose.
    multipleOfPrecision: 9,
    formats: formats === 'kubernetes' ? FORMATS : { ...FORMATS, ...DASHED },
    code: {
      regExp: Object.assign(compilePattern, { code: 'compilePattern' }),
      // Making the code smaller takes as long as making it, and a run has few resources of each kind.
      optimize: false,
    },
  });
}

/** Throws if the schema is invalid. */
export function compile(ajv: Ajv, schema: PlainMap): Validator {
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}

/** A JSON Schema of any draft as ajv takes it: which draft it is says no more than the keywords do. */
export function asDraft7(schema: Plain): Plain {
  if (Array.isArray(schema)) return schema.map(asDraft7);
  if (!isPlainMap(schema)) return schema;
  const { $schema: _, $async: __, ...rest } = schema;
  const copy: PlainMap = Object.fromEntries(
    Object.entries(rest).map(([keyword, value]) => [keyword, DATA.has(keyword) ? value : asDraft7(value)]),
  );
  for (const [bound, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof copy[exclusive] !== 'boolean') continue;
    if (copy[exclusive] && typeof copy[bound] === 'number') copy[exclusive] = copy[bound];
    else delete copy[exclusive];
  }
  return copy;
}

/** What stands under these is data, and no schema. */
const DATA = new Set(['const', 'default', 'enum', 'example', 'examples']);
