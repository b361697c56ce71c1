import { DEFINITIONS } from './generated/definitions.generated.ts';
import type { Definitions } from './schema.ts';

let parsed: Definitions | undefined;

/** The schemas of all kinds, and of the types in them, by name; read when first asked for. */
export function definitions(): Definitions {
  parsed ??= JSON.parse(DEFINITIONS) as Definitions;
  return parsed;
}
