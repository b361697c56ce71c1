import {
  API_VERSION,
  definitionOf,
  fieldOf,
  referredBy,
  refName,
  refTo,
  type Schema,
} from '../../api/index.ts';
import { byKind } from '../../components/index.ts';
import type { Item } from '../../list/index.ts';
import { formatPath, type Path, type Problems } from '../../problem/index.ts';
import { isMap, type Value } from '../../yaml/index.ts';
import { show } from '../structure/show.ts';
import { type HashedNames, keyOf } from './hashed-names.ts';

const KINDS = ['TidbCluster', ...Object.keys(byKind)];

/** Adds a problem for each field of ours that names a ConfigMap or Secret as it was called before its hash. */
export function reportShortNames(read: readonly Item[], hashed: HashedNames, problems: Problems): void {
  for (const item of read) {
    if (item.apiVersion !== API_VERSION || !KINDS.includes(item.kind)) continue;
    const affixes = affixesOf(item.name);
    for (const { kind, name, path } of namesIn({ $ref: refTo(item.kind) }, item.object, [])) {
      const names = affixes.map(([prefix, suffix]) => keyOf(kind, item.namespace, prefix + name + suffix));
      const now = names.map((key) => hashed.get(key)).find((found) => found !== undefined);
      if (now === undefined) continue;
      const message = `\`${formatPath(path)}\` is ${show(name)}, but kustomize has renamed that ${kind} to ${show(now)}, and does not know this field; list the component in docs/kustomize.md, which tells it`;
      problems.add('hash-missing', item, path, message);
    }
  }
}

/** More prefixes, and suffixes, than anybody has. */
const MOST = 6;

/**
 * Prefixes and suffixes that kustomize may have added, judging by a resource that went through the same layers; the
 * empty ones first.
 */
function affixesOf(name: string): [prefix: string, suffix: string][] {
  const dashes = [...name.matchAll(/-/g)].map(({ index }) => index);
  const prefixes = ['', ...dashes.slice(0, MOST).map((index) => name.slice(0, index + 1))];
  const suffixes = ['', ...dashes.slice(-MOST).map((index) => name.slice(index))];
  return prefixes.flatMap((prefix) => suffixes.map((suffix): [string, string] => [prefix, suffix]));
}

/** A name that stands in a field, and the kind of what it names. */
interface Named {
  readonly kind: string;
  readonly name: string;
  readonly path: Path;
}

function* namesIn(schema: Schema, value: Value, path: Path): Generator<Named> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* namesIn(schema.items ?? {}, item, [...path, index]);
  }
  if (schema.$ref === undefined || !isMap(value)) return;
  const type = refName(schema.$ref);
  const rules = definitionOf(type) ?? {};
  for (const [field, inner] of Object.entries(value)) {
    const property = fieldOf(rules, field);
    if (property === undefined) continue;
    const at = [...path, field];
    const referred = referredBy(type, field);
    if (referred === undefined) yield* namesIn(property, inner, at);
    else if (typeof inner === 'string') yield { kind: referred.kind, name: inner, path: at };
    else if (Array.isArray(inner)) {
      for (const [index, name] of inner.entries())
        if (typeof name === 'string') yield { kind: referred.kind, name, path: [...at, index] };
    }
  }
}
