import { definitionOf, refName, type Schema } from '../../api/index.ts';

/** The rules behind a reference. */
export function resolve(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (definitionOf(refName(schema.$ref)) ?? {});
}
