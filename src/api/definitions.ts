import { DEFINITIONS } from './generated/definitions.generated.ts';
import type { Kind } from './kinds.ts';
import type { Definitions, Schema } from './schema.ts';

/** The text of each definition, one per line: `"Name":{…},`. */
let lines: ReadonlyMap<string, string> | undefined;
const parsed = new Map<string, Schema>();

/** The schema of a kind, or of a type in one, by name. It is parsed when it is first asked for: a run needs a part. */
export function definitionOf(name: string): Schema | undefined {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const text = texts().get(name);
  if (text === undefined) return undefined;
  const definition = JSON.parse(text) as Schema;
  parsed.set(name, definition);
  return definition;
}

/** The schemas of all kinds, and of the types in them, by name. */
export function definitions(): Definitions {
  return JSON.parse(DEFINITIONS) as Definitions;
}

/** The same as a kind uses them: TiDB Operator's own schema takes amounts that are integers or text. */
export function definitionsFor(kind: Kind): Definitions {
  if (kind !== 'TidbCluster') return definitions();
  return JSON.parse(DEFINITIONS.replaceAll('["string","number"]', '["string","integer"]')) as Definitions;
}

function texts(): ReadonlyMap<string, string> {
  lines ??= new Map(
    DEFINITIONS.split('\n')
      .slice(1, -1)
      .map((line): [string, string] => {
        const name = line.slice(1, line.indexOf('"', 1));
        return [name, line.slice(name.length + 3, line.endsWith(',') ? -1 : undefined)];
      }),
  );
  return lines;
}
