import { writeMap } from '../yaml-write/index.ts';
import { customResourceDefinition } from './crd.ts';
import { definitions, definitionsFor } from './definitions.ts';
import { DESCRIPTIONS } from './generated/descriptions.generated.ts';
import type { GroupKind } from './groups.ts';
import type { Kind } from './kinds.ts';
import { type Definitions, refName, refTo, type Schema } from './schema.ts';

/**
 * Texts for users: schemas for their editors, CRDs for their clusters. An ordinary run never loads them; import this
 * only to print them.
 */

/** The CustomResourceDefinitions of kinds of groups, as YAML documents; `short` is kubectl's short name of the kind. */
export function crds(groups: readonly { readonly kind: GroupKind; readonly short: string }[]): string {
  const all = described(definitions());
  return groups
    .map(({ kind, short }) => customResourceDefinition(all, kind, short))
    .map((document) => writeMap(document))
    .join('---\n');
}

/** The JSON Schema (draft 7) of a kind, with what editors show about each field. */
export function schema(kind: Kind): string {
  const document = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: kind,
    $ref: refTo(kind),
    definitions: reachable(kind, described(definitionsFor(kind))),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The definitions with their descriptions, which are kept apart from them. */
function described(bare: Definitions): Definitions {
  return Object.fromEntries(
    Object.entries(bare).map(([name, { properties, ...rest }]) => {
      const own: Schema = { ...describe(name), ...rest };
      if (properties === undefined) return [name, own];
      const fields = Object.entries(properties).map(([field, property]) => [
        field,
        { ...describe(`${name}.${field}`), ...property },
      ]);
      return [name, { ...own, properties: Object.fromEntries(fields) }];
    }),
  );
}

function describe(name: string): { description?: string } {
  const description = Object.hasOwn(DESCRIPTIONS, name) ? DESCRIPTIONS[name] : undefined;
  return description === undefined ? {} : { description };
}

function reachable(kind: Kind, all: Definitions): Definitions {
  const used: Definitions = {};
  const names = new Set<string>([kind]);
  for (const name of names) {
    const { 'x-kubernetes': _, 'x-kept-empty': __, 'x-newer': ___, ...definition } = all[name] ?? {};
    used[name] = definition;
    for (const reference of references(definition)) names.add(reference);
  }
  return used;
}

function* references({ $ref, properties = {}, items, additionalProperties }: Schema): Generator<string> {
  if ($ref !== undefined) yield refName($ref);
  for (const property of Object.values(properties)) yield* references(property);
  if (items !== undefined) yield* references(items);
  if (typeof additionalProperties === 'object') yield* references(additionalProperties);
}
