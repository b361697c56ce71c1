import type { ErrorObject } from 'ajv';
import type { Path } from '../../problem/index.ts';
import type { Plain } from './plain.ts';

/** Something that ajv finds wrong with a value. */
export interface Fault {
  readonly keyword: string;
  readonly path: Path;
  /** What is there, as it was checked. */
  readonly value: unknown;
  /** The schema that has the keyword. */
  readonly schema: { readonly [keyword: string]: unknown };
  readonly params: { readonly [name: string]: unknown };
}

/** The faults that ajv found in a value. Of a choice, the choice is one, and not each of its ways as well. */
export function faultsOf(errors: readonly ErrorObject[], value: Plain): Fault[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  const inSchema = new Set(choices.map(({ schemaPath }) => schemaPath));
  const inValue = new Set(
    choices.filter((choice) => !isReferred(choice)).map(({ instancePath }) => instancePath),
  );
  return errors
    .filter((error) => error.keyword !== 'if' && !isWithin(error, inSchema, inValue))
    .map(({ keyword, instancePath, params, data, parentSchema }) => ({
      keyword,
      path: pathOf(instancePath, value),
      value: data,
      schema: parentSchema ?? {},
      params,
    }));
}

function isWithin(error: ErrorObject, inSchema: ReadonlySet<string>, inValue: ReadonlySet<string>): boolean {
  if (above(error.schemaPath).some((path) => inSchema.has(path))) return true;
  return (
    isReferred(error) && [error.instancePath, ...above(error.instancePath)].some((path) => inValue.has(path))
  );
}

/** After a reference, the path to the schema starts over. */
function isReferred({ schemaPath }: ErrorObject): boolean {
  return /#\/(?:definitions|\$defs)\//.test(schemaPath);
}

/** The beginnings of a path. */
function above(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** A JSON pointer as a path. */
function pathOf(pointer: string, value: Plain): Path {
  const path: (string | number)[] = [];
  let at: Plain | undefined = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(at)) {
      path.push(Number(key));
      at = at[Number(key)];
    } else {
      path.push(key);
      at = typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? at[key] : undefined;
    }
  }
  return path;
}
