import { type MapNode, mergedMaps, type Node } from './node.ts';
import { Float, isMap, type MapValue, setOwn, type Value, wholeOf } from './value.ts';

/**
 * More values than this from the aliases of one resource: somebody has multiplied them. Go's readers take no more either,
 * where nearly all that they read is from aliases.
 */
const MAX_ALIASED = 400_000;

/** Deeper than the aliases of any resource go, shallow enough for the stack. */
const MAX_DEPTH = 500;

/** The aliases of a resource stand for more than anybody can mean. */
class TooLarge extends Error {}

/** The key of what goes to servers as TOML, where `6.0` is another thing than `6`. */
const CONFIG = 'config';

/**
 * The value of a node. Of duplicate keys the last one wins, as in Kubernetes; `<<` merges. Floats are integers where JSON
 * has no other way to write them, except below `config`.
 */
export function toValue(node: Node): Value {
  return convert(node, { left: MAX_ALIASED }, false);
}

/** Whether a node is too large to become a value. */
export function isTooLarge(node: Node): boolean {
  try {
    charge(node, { left: MAX_ALIASED });
    return false;
  } catch (error) {
    if (error instanceof TooLarge) return true;
    throw error;
  }
}

interface Budget {
  left: number;
}

function charge(node: Node, budget: Budget): void {
  switch (node.type) {
    case 'scalar':
      return;
    case 'alias':
      budget.left -= node.values;
      if (budget.left < 0 || node.depth > MAX_DEPTH) throw new TooLarge();
      return;
    case 'seq':
      for (const item of node.items) charge(item, budget);
      return;
    case 'map':
      for (const entry of node.entries) charge(entry.value, budget);
  }
}

function convert(node: Node, budget: Budget, isConfig: boolean): Value {
  switch (node.type) {
    case 'scalar':
      return node.value instanceof Float && !isConfig ? (wholeOf(node.value) ?? node.value) : node.value;
    case 'alias':
      charge(node, budget);
      return convert(node.target, { left: Number.POSITIVE_INFINITY }, isConfig);
    case 'seq':
      return node.items.map((item) => convert(item, budget, isConfig));
    case 'map':
      return convertMap(node, budget, isConfig);
  }
}

function convertMap(node: MapNode, budget: Budget, isConfig: boolean): MapValue {
  const result: MapValue = {};
  for (const { key, value, merges } of node.entries) {
    if (merges === undefined) setOwn(result, key, convert(value, budget, isConfig || key === CONFIG));
  }
  for (const { value, merges } of node.entries) {
    if (merges === undefined) continue;
    for (const map of mergedMaps(value)) lend(convert(map, budget, isConfig), result);
  }
  return result;
}

function lend(from: Value, to: MapValue): void {
  if (!isMap(from)) return;
  for (const [key, value] of Object.entries(from)) if (!Object.hasOwn(to, key)) setOwn(to, key, value);
}

/** How many values a node stands for, and how deep they go. */
export function sizeOf(node: Node): { readonly values: number; readonly depth: number } {
  if (node.type === 'scalar') return { values: 1, depth: 1 };
  if (node.type === 'alias') return node;
  let values = 1;
  let depth = 0;
  for (const child of node.type === 'seq' ? node.items : node.entries.map((entry) => entry.value)) {
    const size = sizeOf(child);
    values += size.values;
    depth = Math.max(depth, size.depth);
  }
  return { values, depth: depth + 1 };
}
