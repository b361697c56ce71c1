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
  const definition = whole(JSON.parse(text) as Stored, definitionOf);
  parsed.set(name, definition);
  return definition;
}

/** The schemas of all kinds, and of the types in them, by name. */
export function definitions(): Definitions {
  return allIn(DEFINITIONS);
}

/** The same as a kind uses them: TiDB Operator's own schema takes amounts that are integers or text. */
export function definitionsFor(kind: Kind): Definitions {
  if (kind !== 'TidbCluster') return definitions();
  return allIn(DEFINITIONS.replaceAll('["string","number"]', '["string","integer"]'));
}

/** A definition as it is stored: with the name of another one of which it has everything, or without. */
interface Stored extends Schema {
  extends?: string;
}

function whole({ extends: name, ...own }: Stored, named: (name: string) => Schema | undefined): Schema {
  if (name === undefined) return own;
  const base = named(name);
  return { ...base, ...own, properties: { ...base?.properties, ...own.properties } };
}

function allIn(text: string): Definitions {
  const stored: { [name: string]: Stored } = JSON.parse(text);
  const named = (name: string) => stored[name];
  return Object.fromEntries(Object.entries(stored).map(([name, one]) => [name, whole(one, named)]));
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
