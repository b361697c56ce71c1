import type { Place, Problems } from '../problem/index.ts';
import { identifyFromNode } from './identify.ts';
import { Item } from './item.ts';
import type { ItemList } from './list.ts';
import { type Entry, entryOf, type MapNode, type Node, type SeqNode } from './node.ts';
import { BrokenYaml, readDocuments } from './read-events.ts';
import { StringSource } from './source.ts';

/** Reads a text of YAML in full; what is broken is reported with its line and column. */
export function readCarefully(
  name: string | undefined,
  text: string,
  problems: Problems,
): Node[] | undefined {
  try {
    return readDocuments(text);
  } catch (error) {
    if (!(error instanceof BrokenYaml)) throw error;
    const position = new StringSource(name, text, readDocuments).position(error.offset);
    const place: Place = { ...(name !== undefined && { file: name }), ...position };
    problems.addAt('broken-yaml', place, `must be YAML: ${error.reason}; mend it there or just before`);
    return undefined;
  }
}

/** Opens a list that is not in plain block style: flow style, JSON, anchors, tags, CRLF, odd indentation. */
export function openCarefully(
  name: string | undefined,
  text: string,
  problems: Problems,
): ItemList | undefined {
  const documents = readCarefully(name, text, problems);
  if (documents === undefined) return undefined;
  const root = documents[0];
  if (documents.length !== 1 || root?.type !== 'map' || kindOf(root) !== 'ResourceList') {
    problems.addAt('not-a-resource-list', name === undefined ? {} : { file: name }, whatInstead(documents));
    return undefined;
  }
  const source = new StringSource(name, text, readDocuments);
  return itemsAreMaps(source, root, problems) ? listOf(source, root) : undefined;
}

/** What is no resource could only be lost. */
function itemsAreMaps(source: StringSource, root: MapNode, problems: Problems): boolean {
  const items = entryOf(root, 'items')?.value;
  const target = items?.type === 'alias' ? items.target : items;
  const at = (node: Node): Place => ({
    ...(source.name !== undefined && { file: source.name }),
    ...source.position(node.start),
  });
  if (target === undefined || (target.type === 'scalar' && target.value === null)) return true;
  if (target.type !== 'seq') {
    problems.addAt(
      'not-a-resource-list',
      at(target),
      '`items` must be a list of resources; write `items: []` for none',
    );
    return false;
  }
  const before = problems.errorCount;
  target.items.forEach((item, index) => {
    const node = item.type === 'alias' ? item.target : item;
    if (node.type === 'map') return;
    const message = `\`items[${index}]\` must be a Kubernetes resource, but is no map; remove it`;
    problems.addAt('not-a-resource', at(item), message);
  });
  return problems.errorCount === before;
}

function kindOf(root: MapNode): string {
  const kind = entryOf(root, 'kind')?.value;
  return kind?.type === 'scalar' ? kind.text : '';
}

function whatInstead(documents: readonly Node[]): string {
  const [root] = documents;
  const advice = 'read plain manifests with `tidb-groups render PATH` instead';
  if (root === undefined) return `standard input must hold a ResourceList, but is empty; ${advice}`;
  if (documents.length > 1)
    return `must be one ResourceList, but is a stream of ${documents.length} documents; ${advice}`;
  const kind = root.type === 'map' ? kindOf(root) : '';
  return `must be of kind "ResourceList", but is ${kind === '' ? 'none' : `of kind "${kind}"`}; ${advice}`;
}

/** The items of a list's root, wherever its text allows it with their own characters. */
export function listOf(source: StringSource, root: MapNode): ItemList {
  const items = entryOf(root, 'items')?.value;
  const config = entryOf(root, 'functionConfig')?.value;
  const shared = {
    source,
    ...(config?.type === 'map' && {
      functionConfig: adopted(source, config, 'document', config.start, config.end, -1),
    }),
  };
  if (items?.type !== 'seq' || items.items.some((item) => item.type !== 'map')) {
    return { ...shared, form: 'values', items: items?.type === 'seq' ? valueItems(source, items) : [] };
  }
  const results = entryOf(root, 'results');
  return {
    ...shared,
    form: items.flow ? 'flow' : 'block',
    items: items.flow ? flowItems(source, items) : blockItems(source, items),
    ...(results !== undefined && { results: resultsRange(source, root, results) }),
    ...(root.flow && { close: root.end - 1 }),
  };
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

function blockItems(source: StringSource, items: SeqNode): Item[] {
  const starts = items.dashes.map((dash) => source.string.lastIndexOf('\n', dash - 1) + 1);
  const end = linesOf(source, items.end, items.end).end;
  return items.items.map((node, index) => {
    const start = starts[index] ?? 0;
    return adopted(source, node, 'block', start, starts[index + 1] ?? end, index, items.dashes[index]);
  });
}

function flowItems(source: StringSource, items: SeqNode): Item[] {
  return items.items.map((node, index) => adopted(source, node, 'flow', node.start, node.end, index));
}

function valueItems(source: StringSource, items: SeqNode): Item[] {
  return items.items.map((node, index) => adopted(source, node, 'document', 0, 0, index));
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
  const first = node.type === 'map' && form !== 'flow' ? node.entries[0] : undefined;
  const column =
    first === undefined ? -1 : first.keyStart - (source.string.lastIndexOf('\n', first.keyStart - 1) + 1);
  const item = new Item(source, form, start, end, dash, column, index);
  item.adopt(node, start);
  item.leansOnOthers = leans(node, start, end);
  identifyFromNode(item, node);
  return item;
}

/** Whether a node holds an alias whose anchor stands outside a range. */
function leans(node: Node, start: number, end: number): boolean {
  switch (node.type) {
    case 'alias':
      return node.target.start < start || node.target.start >= end;
    case 'seq':
      return node.items.some((item) => leans(item, start, end));
    case 'map':
      return node.entries.some((entry) => leans(entry.value, start, end));
    default:
      return false;
  }
}

/** Opens a stream of documents that is not in plain block style. */
export function openStreamCarefully(name: string | undefined, text: string, problems: Problems): Item[] {
  const documents = readCarefully(name, text, problems) ?? [];
  const source = new StringSource(name, text, readDocuments);
  return documents.flatMap((root, index) => {
    if (root.type === 'map' && isListRoot(root)) return listOf(source, root).items;
    return [documentItem(source, root, index)];
  });
}

function isListRoot(root: MapNode): boolean {
  const apiVersion = entryOf(root, 'apiVersion')?.value;
  const isV1 = apiVersion?.type === 'scalar' && apiVersion.text === 'v1';
  return kindOf(root) === 'ResourceList' || (kindOf(root) === 'List' && isV1);
}

/** A document from the start of its first line, or in brackets from the first one. */
function documentItem(source: StringSource, root: Node, index: number): Item {
  const flow = root.type === 'map' && root.flow;
  const lines = linesOf(source, root.start, root.end);
  const item = flow
    ? adopted(source, root, 'flow', root.start, root.end, index)
    : adopted(source, root, 'document', lines.start, lines.end, index);
  if (root.type !== 'map') item.leansOnOthers = true;
  return item;
}
