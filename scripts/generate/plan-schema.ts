import type { Schema } from '../../src/api/schema.ts';
import { schemasIn } from './definitions.ts';
import { generatorOf, outputSchema } from './generator.ts';

/** The JSON Schema of what `tidb-groups diff --output json` prints, from the type that it prints. */
export function writePlanSchema(root: string): string {
  const generator = generatorOf(root, 'src/plan/plan.ts');
  const all = Object.entries(generator.createSchema('Plan').definitions ?? {});
  const definitions = new Map<string, Schema>();
  for (const [name, definition] of all.sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (typeof definition === 'boolean' || CLASSES.includes(name)) continue;
    definitions.set(name, name === 'Value' ? ANY : plain(definition as Schema));
  }
  const { Plan: plan, ...others } = Object.fromEntries(definitions);
  return outputSchema('diff', 'src/plan', plan ?? {}, others);
}

/** Types of values that JSON represents differently. */
const CLASSES = ['Float'];

const ANY: Schema = {
  description:
    'Any JSON value, as it is in the resource. An integer has all its digits, a float a point or an exponent.',
};

/** Descriptions on one line each. */
function plain(definition: Schema): Schema {
  for (const schema of schemasIn(definition)) {
    if (schema.description !== undefined) schema.description = schema.description.replaceAll(/\s+/g, ' ');
  }
  return definition;
}
