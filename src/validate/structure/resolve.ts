import { definitionOf, type Rules, refName, type Schema } from '../../api/index.ts';

/** The rules behind a reference. */
export function resolve(schema: Schema): Rules {
  return schema.$ref === undefined ? schema : (definitionOf(refName(schema.$ref)) ?? {});
}
