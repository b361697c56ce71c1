import {
  type Entry,
  entryOf,
  follow,
  isMap,
  type MapNode,
  type MapValue,
  type Node,
  type SeqNode,
  type StringSource,
  setOwn,
  toValue,
} from '../yaml/index.ts';
import { DocumentRanges } from './document-ranges.ts';
import { identifyFromNode } from './identify.ts';
import { Item } from './item.ts';
import type { ItemList } from './list.ts';

/** What stands for a map among the items; undefined for the item itself. */
export type Expand = (node: MapNode) => readonly Item[] | undefined;

/** The items of a list's root, wherever its text allows it with their own characters. */
export function listOf(source: StringSource, root: MapNode, expand: Expand = () => undefined): ItemList {
  const items = entryOf(root, 'items')?.value;
  const config = entryOf(root, 'functionConfig')?.value;
  const target = config && follow(config);
  const shared = {
    source,
    ...(target?.type === 'map' && {
      functionConfig: adopted(source, target, 'document', target.start, target.end, -1),
    }),
  };
  if (items?.type !== 'seq' || items.items.some((item) => item.type !== 'map') || isTangled(root, items)) {
    return { ...shared, form: 'values', items: valueItems(source, items, expand), others: othersOf(root) };
  }
  const results = entryOf(root, 'results');
  return {
    ...shared,
    form: items.flow ? 'flow' : 'block',
    items: items.flow ? flowItems(source, items, expand) : blockItems(source, items, expand),
    ...(results !== undefined && { results: resultsRange(source, root, results) }),
    ...(root.flow ? { close: root.end - 1 } : { tail: tailOf(source, root) }),
  };
}

/** Whether the list's own keys need something in its items, or merge; then items cannot be copied one by one. */
function isTangled(root: MapNode, items: SeqNode): boolean {
  return root.entries.some(
    ({ value, merges }) =>
      merges === true || (value !== items && leans(value, (at) => at < items.start || at >= items.end)),
  );
}

/** What a list says besides its items. */
function othersOf(root: MapNode): MapValue {
  const others: MapValue = {};
  const entries = root.entries.filter(({ key, merges }) => key !== 'items' || merges === true);
  const value = toValue({ ...root, entries });
  if (isMap(value))
    for (const [key, inner] of Object.entries(value)) if (key !== 'items') setOwn(others, key, inner);
  return others;
}

/** In front of the `...` that may end the list. */
function tailOf(source: StringSource, root: MapNode): { at: number; column: number } {
  const { end } = new DocumentRanges(source.string).around(root.end);
  return { at: end, column: columnOf(source, root) };
}

function resultsRange(source: StringSource, root: MapNode, results: Entry): { start: number; end: number } {
  if (root.flow) return { start: results.keyStart, end: results.value.end };
  return linesOf(source, results.keyStart, results.value.end);
}

function linesOf(source: StringSource, from: number, to: number): { start: number; end: number } {
  const start = source.string.lastIndexOf('\n', from - 1) + 1;
  const eol = source.string.indexOf('\n', to);
  return { start, end: eol < 0 ? source.length : eol + 1 };
}

function blockItems(source: StringSource, items: SeqNode, expand: Expand): Item[] {
  const starts = items.dashes.map((dash) => source.string.lastIndexOf('\n', dash - 1) + 1);
  const column = columnOf(source, items);
  const end = behindOwn(source, linesOf(source, items.end, items.end).end, column);
  return expanded(items, expand, (node, index) => {
    const start = starts[index] ?? 0;
    return adopted(source, node, 'block', start, starts[index + 1] ?? end, index, items.dashes[index]);
  });
}

/**
 * Blank lines, and comments deeper than the dashes, belong to the item above them: a block that comes to stand at its end
 * would take their text.
 */
function behindOwn({ string, length }: StringSource, at: number, column: number): number {
  for (let start = at; start < length; ) {
    const eol = string.indexOf('\n', start);
    const end = eol < 0 ? length : eol + 1;
    const content = string.slice(start, end).trimStart();
    const isOwn = content === '' || (content.startsWith('#') && end - content.length - start > column);
    if (!isOwn) return start;
    start = end;
  }
  return length;
}

function flowItems(source: StringSource, items: SeqNode, expand: Expand): Item[] {
  return expanded(items, expand, (node, index) => adopted(source, node, 'flow', node.start, node.end, index));
}

/** Items that are known only by their values. */
function valueItems(source: StringSource, items: Node | undefined, expand: Expand): Item[] {
  const target = items && follow(items);
  if (target?.type !== 'seq') return [];
  return expanded(target, expand, (node, index) => {
    const { start, end } = follow(node);
    const item = adopted(source, follow(node), 'document', start, end, index);
    item.leansOnOthers = true;
    return item;
  });
}

function expanded(items: SeqNode, expand: Expand, itemOf: (node: Node, index: number) => Item): Item[] {
  return items.items.flatMap((node, index) => {
    const target = follow(node);
    return (target.type === 'map' ? expand(target) : undefined) ?? itemOf(node, index);
  });
}

function adopted(
  source: StringSource,
  node: Node,
  form: Item['form'],
  start: number,
  end: number,
  index: number,
  dash = -1,
): Item {
  const column = form === 'flow' || node.type !== 'map' ? -1 : columnOf(source, node);
  const item = new Item(source, form, start, end, dash, column, index);
  item.adopt(node, start);
  item.leansOnOthers = leans(node, (at) => at >= start && at < end);
  identifyFromNode(item, node);
  return item;
}

/** Whether a node holds an alias whose anchor stands somewhere else. */
function leans(node: Node, isHere: (offset: number) => boolean): boolean {
  switch (node.type) {
    case 'alias':
      return !isHere(node.target.start);
    case 'seq':
      return node.items.some((item) => leans(item, isHere));
    case 'map':
      return node.entries.some((entry) => leans(entry.value, isHere));
    default:
      return false;
  }
}

/** Where the keys of a map or the dashes of a list stand, with what is in front of the first one, or its bracket. */
function columnOf(source: StringSource, { start }: Node): number {
  const line = source.string.lastIndexOf('\n', start - 1) + 1;
  return start - (line === 0 && source.string.startsWith('\ufeff') ? 1 : line);
}

/** A document with the comments around it; what begins on the line of its `---` is taken without them. */
export function documentItem(
  source: StringSource,
  root: Node,
  { start, end }: { readonly start: number; readonly end: number },
  index: number,
): Item {
  const item =
    root.start < start
      ? adopted(source, root, 'flow', root.start, root.end, index)
      : adopted(source, root, 'document', start, end, index);
  if (root.type !== 'map') item.leansOnOthers = true;
  return item;
}
