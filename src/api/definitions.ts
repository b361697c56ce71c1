import { Fields } from './fields.ts';
import { DEFINITIONS } from './generated/definitions.generated.ts';
import type { Kind } from './kinds.ts';
import { type Definitions, type Rules, refName, type Schema } from './schema.ts';

/** The text of each definition; see `writeDefinitions` in scripts/generate. */
let texts: ReadonlyMap<string, string> | undefined;
const parsed = new Map<string, Rules>();

/** The rules of a kind, or of a type in one, by name. They are parsed when they are first asked for: a run needs a part. */
export function definitionOf(name: string): Rules | undefined {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  texts ??= new Map(DEFINITIONS.split('\n\n').map((text) => [text.slice(1, text.indexOf('"', 1)), text]));
  const text = texts.get(name);
  if (text === undefined) return undefined;
  const definition = rulesIn(text.slice(name.length + 3));
  parsed.set(name, definition);
  return definition;
}

/** By reference: there is no name to be cut out of one that was followed before. */
const followed = new Map<string, Rules>();

/** The rules of a schema, or of what it refers to. */
export function rulesOf(schema: Schema): Rules {
  const { $ref } = schema;
  if ($ref === undefined) return schema;
  const known = followed.get($ref);
  if (known !== undefined) return known;
  const rules = definitionOf(refName($ref)) ?? {};
  followed.set($ref, rules);
  return rules;
}

/** A field of a type, or of a part of a schema. */
export function fieldOf({ fields, properties }: Rules, name: string): Schema | undefined {
  if (fields !== undefined) return fields.get(name);
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** The names of all its fields. */
export function fieldNamesOf({ fields, properties = {} }: Rules): string[] {
  return fields?.names() ?? Object.keys(properties);
}

const FIELDS = '"properties":{\n';

/** Reads `{…,"properties":{`, a line for each field, and `}},`; or one line, of a definition without fields. */
function rulesIn(text: string): Rules {
  const at = text.indexOf(FIELDS);
  if (at < 0) return JSON.parse(text.slice(0, text.lastIndexOf('}') + 1));
  const { extends: base, ...own }: StoredRules = JSON.parse(`${text.slice(0, at - 1)}}`);
  const more = base === undefined ? undefined : definitionOf(base);
  const lines = text.slice(at + FIELDS.length - 1, text.lastIndexOf('\n') + 1);
  return { ...more, ...own, fields: new Fields(lines, more?.fields) };
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

function allIn(text: string): Definitions {
  const stored: { [name: string]: StoredRules } = JSON.parse(`{${text}}`);
  return Object.fromEntries(
    Object.entries(stored).map(([name, { extends: base, ...own }]) => {
      const more = base === undefined ? undefined : stored[base];
      if (more === undefined) return [name, own];
      return [name, { ...more, ...own, properties: { ...more.properties, ...own.properties } }];
    }),
  );
}

/** As it is stored: with the name of another one of which it has everything, or without. */
interface StoredRules extends Rules {
  extends?: string;
}
