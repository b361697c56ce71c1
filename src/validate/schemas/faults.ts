import type { ErrorObject } from 'ajv';
import type { Path } from '../../problem/index.ts';
import type { Plain } from './plain.ts';

/** Something that ajv finds wrong with a value. */
export interface Fault {
  readonly keyword: string;
  readonly path: Path;
  /** What stands there, as it was checked. */
  readonly value: unknown;
  /** The schema that has the keyword. */
  readonly schema: { readonly [keyword: string]: unknown };
  readonly params: { readonly [name: string]: unknown };
}

/** The faults that ajv found in a value. Of a choice, the choice is one, and not each of its ways as well. */
export function faultsOf(errors: readonly ErrorObject[], value: Plain): Fault[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  return errors
    .filter((error) => error.keyword !== 'if' && !choices.some((choice) => isWithin(error, choice)))
    .map(({ keyword, instancePath, params, data, parentSchema }) => ({
      keyword,
      path: pathOf(instancePath, value),
      value: data,
      schema: parentSchema ?? {},
      params,
    }));
}

function isWithin(error: ErrorObject, choice: ErrorObject): boolean {
  if (error === choice) return false;
  if (error.schemaPath.startsWith(`${choice.schemaPath}/`)) return true;
  // Behind a reference, the way to the schema begins anew.
  const isReferred =
    /#\/(?:definitions|\$defs)\//.test(error.schemaPath) &&
    !/#\/(?:definitions|\$defs)\//.test(choice.schemaPath);
  return isReferred && `${error.instancePath}/`.startsWith(`${choice.instancePath}/`);
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
