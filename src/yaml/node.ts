import type { Path } from '../problem/index.ts';
import type { Value } from './value.ts';

/**
 * A resource as it was written: its values together with the offsets of the text they came from, so that an edit
 * changes just the characters concerned and a problem points at them. Offsets count from the start of the text
 * that was read; `end` is exclusive.
 */
export type Node = ScalarNode | MapNode | SeqNode | AliasNode;

export interface ScalarNode {
  readonly type: 'scalar';
  readonly start: number;
  readonly end: number;
  readonly plain: boolean;
  readonly value: Value;
  /** The text of the scalar: of a plain one what was written, of another what its quotes or block hold. */
  readonly text: string;
}

export interface MapNode {
  readonly type: 'map';
  readonly start: number;
  readonly end: number;
  readonly flow: boolean;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: Node;
  /** Of a `<<`: its maps lend their entries to the map that it stands in. */
  readonly merges?: true;
}

export interface SeqNode {
  readonly type: 'seq';
  readonly start: number;
  readonly end: number;
  readonly flow: boolean;
  readonly items: readonly Node[];
  /** Of a block sequence: the offset of each item's dash. */
  readonly dashes: readonly number[];
}

export interface AliasNode {
  readonly type: 'alias';
  readonly start: number;
  readonly end: number;
  readonly target: Node;
  /** How many values it stands for, and how deep they go: aliases of aliases multiply. */
  readonly values: number;
  readonly depth: number;
}

/** The entry that a map itself has of a key: of duplicates the last, as in Kubernetes. */
export function ownEntry(map: MapNode, key: string): Entry | undefined {
  if (map.entries.length > MANY) return ownEntries(map).get(key);
  let found: Entry | undefined;
  for (const entry of map.entries) if (entry.key === key && entry.merges === undefined) found = entry;
  return found;
}

/** From so many entries on, whoever has a problem with each of them would look at all of them for each. */
const MANY = 32;

/** The own entries of large maps by their keys. */
const INDEXES = new WeakMap<MapNode, Map<string, Entry>>();

function ownEntries(map: MapNode): Map<string, Entry> {
  const known = INDEXES.get(map);
  if (known !== undefined) return known;
  const own = map.entries.filter(({ merges }) => merges === undefined);
  const entries = new Map(own.map((entry) => [entry.key, entry]));
  INDEXES.set(map, entries);
  return entries;
}

/** The entry of a key, be it merged by a merged map. */
export function entryOf(node: Node | undefined, key: string): Entry | undefined {
  if (node === undefined) return undefined;
  const map = follow(node);
  return map.type === 'map' ? (ownEntry(map, key) ?? mergedEntry(map, key, new Set())) : undefined;
}

/** More maps merged into each other than anybody writes. */
const MAX_MERGED = 100;

function mergedEntry(map: MapNode, key: string, seen: Set<Node>): Entry | undefined {
  seen.add(map);
  for (const { merges, value } of map.entries) {
    if (merges === undefined) continue;
    for (const other of mergedMaps(value).map(follow)) {
      if (other.type !== 'map' || seen.has(other) || seen.size > MAX_MERGED) continue;
      const merged = ownEntry(other, key) ?? mergedEntry(other, key, seen);
      if (merged !== undefined) return merged;
    }
  }
  return undefined;
}

/** The maps behind a `<<`; what comes first wins. */
export function mergedMaps(value: Node): readonly Node[] {
  const node = follow(value);
  return node.type === 'seq' ? node.items : [node];
}

export interface Found {
  readonly node: Node;
  /** The entry that holds the node, where its parent is a map. */
  readonly entry: Entry | undefined;
  /** How many steps of the path were found. */
  readonly depth: number;
}

/** The node at a path, or its nearest ancestor that was written. */
export function find(root: Node, path: Path): Found {
  let node = follow(root);
  let entry: Entry | undefined;
  let depth = 0;
  for (const step of path) {
    if (typeof step === 'number') {
      const item = node.type === 'seq' ? node.items[step] : undefined;
      if (item === undefined) break;
      node = follow(item);
      entry = undefined;
    } else {
      const next = entryOf(node, step);
      if (next === undefined) break;
      entry = next;
      node = follow(next.value);
    }
    depth++;
  }
  return { node, entry, depth };
}

export function follow(node: Node): Exclude<Node, AliasNode> {
  let current = node;
  while (current.type === 'alias') current = current.target;
  return current;
}

/** The same node with all its offsets moved; what an alias means is still the very node that stands elsewhere. */
export function shifted(node: Node, by: number, done = new Map<Node, Node>()): Node {
  const known = done.get(node);
  if (known !== undefined) return known;
  const moved = withOffsets(node, by, done);
  done.set(node, moved);
  return moved;
}

function withOffsets(node: Node, by: number, done: Map<Node, Node>): Node {
  const range = { start: node.start + by, end: node.end + by };
  switch (node.type) {
    case 'scalar':
      return { ...node, ...range };
    case 'alias':
      return { ...node, ...range, target: shifted(node.target, by, done) };
    case 'seq':
      return {
        ...node,
        ...range,
        items: node.items.map((item) => shifted(item, by, done)),
        dashes: node.dashes.map((dash) => dash + by),
      };
    case 'map':
      return {
        ...node,
        ...range,
        entries: node.entries.map((entry) => ({
          ...entry,
          keyStart: entry.keyStart + by,
          keyEnd: entry.keyEnd + by,
          value: shifted(entry.value, by, done),
        })),
      };
  }
}
