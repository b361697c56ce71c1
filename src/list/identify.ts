import type { Path } from '../problem/index.ts';
import { entryOf, find, follow, type Node, repeatedKeys } from '../yaml/index.ts';
import { isAnyList } from './any-list.ts';
import type { Item } from './item.ts';
import type { Interest } from './list.ts';
import type { Span } from './span.ts';

/** Fills in what the item is called, as far as a caller wants to know; false where the quick way cannot tell. */
export function identify(item: Item, span: Span, interest: Interest): boolean {
  const { apiVersion, kind } = span;
  if (apiVersion === undefined || kind === undefined) return false;
  item.apiVersion = apiVersion;
  item.kind = kind;
  if (interest.reads(apiVersion, kind) || isAnyList(kind)) return readAndIdentify(item);
  if (!interest.names(apiVersion, kind)) return true;
  const { name, namespace } = span;
  if (name === undefined || namespace === undefined) return readAndIdentify(item);
  item.name = name;
  item.namespace = namespace;
  return true;
}

export function readAndIdentify(item: Item): boolean {
  if (!item.readQuickly() || item.node === undefined) return false;
  identifyFromNode(item, item.node);
  return true;
}

/** Takes kind and names from a resource that was read. Values that are no strings count as missing. */
export function identifyFromNode(item: Item, root: Node): void {
  item.apiVersion = textAt(root, ['apiVersion']);
  item.kind = textAt(root, ['kind']);
  item.name = textAt(root, ['metadata', 'name']);
  item.namespace = textAt(root, ['metadata', 'namespace']);
}

const OWN_NAMES: readonly string[] = ['apiVersion', 'kind', 'metadata'];

/** The keys by which a resource is known that it holds twice: whoever reads the other one takes it for another. */
export function repeatedNames(root: Node): Path[] {
  if (root.type !== 'map') return [];
  const own = repeatedKeys(root);
  const paths: Path[] = [...own].filter((key) => OWN_NAMES.includes(key)).map((key) => [key]);
  const metadata = entryOf(root, 'metadata')?.value;
  const inner = metadata === undefined ? undefined : follow(metadata);
  if (inner?.type !== 'map') return paths;
  const its = repeatedKeys(inner);
  return [...paths, ...['name', 'namespace'].filter((key) => its.has(key)).map((key) => ['metadata', key])];
}

function textAt(root: Node, path: readonly string[]): string {
  const { node, depth } = find(root, path);
  return depth === path.length && node.type === 'scalar' && typeof node.value === 'string' ? node.value : '';
}
