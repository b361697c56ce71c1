import { KINDS } from '../../src/api/kinds.ts';
import type { Definitions, Schema } from '../../src/api/schema.ts';
import { generatorOf } from './generator.ts';

/** The TypeScript types of `src/api` as the compiler sees them: JSON Schema definitions by type name. */
export function readTypes(root: string): Definitions {
  const generator = generatorOf(root, 'src/api/index.ts');
  const definitions: Definitions = {};
  for (const kind of KINDS) {
    const schema = generator.createSchema(kind);
    for (const [name, definition] of Object.entries(schema.definitions ?? {})) {
      if (typeof definition !== 'boolean') definitions[name] = definition as Schema;
    }
  }
  return definitions;
}
