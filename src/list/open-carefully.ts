import type { Place, Problems } from '../problem/index.ts';
import { BrokenYaml, readDocuments } from '../yaml/carefully.ts';
import {
  entryOf,
  follow,
  isTooLarge,
  type MapNode,
  type Node,
  ownEntry,
  repeatedKeys,
  StringSource,
} from '../yaml/index.ts';
import { Lists } from './any-list.ts';
import { documentItem, type Expand, listOf } from './careful-items.ts';
import { checkForeignBreaks } from './check-foreign-breaks.ts';
import { DocumentRanges } from './document-ranges.ts';
import type { Item } from './item.ts';
import type { Interest, ItemList } from './list.ts';
import { closedEnd } from './open-end.ts';

/** Reads a text of YAML in full; what is broken is reported with its line and column. */
function readCarefully(name: string | undefined, text: string, problems: Problems): Node[] | undefined {
  const placeOf = (offset: number): Place => ({
    ...(name !== undefined && { file: name }),
    ...new StringSource(name, text, readDocuments).position(offset),
  });
  const bare = text.search(/\r(?!\n)/);
  if (bare >= 0) {
    const message =
      'must not contain a carriage return without a line feed; end lines with a line feed, or with both';
    problems.addAt('broken-yaml', placeOf(bare), message);
    return undefined;
  }
  try {
    return readDocuments(text);
  } catch (error) {
    if (!(error instanceof BrokenYaml)) throw error;
    const place = placeOf(error.offset);
    problems.addAt('broken-yaml', place, `must be YAML: ${error.reason}; fix it there or just before`);
    return undefined;
  }
}

/** Opens a list that is not in plain block style: flow style, JSON, anchors, tags, CRLF, odd indentation. */
export function openCarefully(
  name: string | undefined,
  text: string,
  interest: Interest,
  problems: Problems,
): ItemList | undefined {
  const documents = readCarefully(name, text, problems);
  if (documents === undefined) return undefined;
  const closed = closedEnd(text, documents);
  if (closed !== undefined) return openCarefully(name, closed, interest, problems);
  const root = documents[0];
  if (documents.length !== 1 || root?.type !== 'map' || kindOf(root) !== 'ResourceList') {
    problems.addAt('not-a-resource-list', name === undefined ? {} : { file: name }, whatInstead(documents));
    return undefined;
  }
  const source = new StringSource(name, text, readDocuments);
  const before = problems.errorCount;
  if (!areSound(source, root, problems)) return undefined;
  const list = listOf(source, root);
  checkForeignBreaks(source, documents, keptOf(list.items, interest), problems);
  return problems.errorCount === before ? list : undefined;
}

/** The resources that are handed on as they came. */
function keptOf(items: readonly Item[], { reads, markers }: Interest): Item[] {
  return items.filter(
    (item) =>
      !item.leansOnOthers &&
      !reads(item.apiVersion, item.kind) &&
      !markers.some((marker) => item.mentions(marker)),
  );
}

/** What is no resource could only be lost, and so could what stands under a key that is there twice. */
function itemsAreMaps(source: StringSource, root: MapNode, problems: Problems): boolean {
  const items = entryOf(root, 'items')?.value;
  const target = items && follow(items);
  const at = (node: { readonly start: number }): Place => ({
    ...(source.name !== undefined && { file: source.name }),
    ...source.position(node.start),
  });
  const before = problems.errorCount;
  for (const key of repeatedKeys(root)) {
    const message = `\`${key}\` of the list is written twice, so one of them would be lost; merge them`;
    const start = ownEntry(root, key)?.keyStart ?? root.start;
    problems.addAt('not-a-resource-list', at({ start }), message);
  }
  if (target === undefined || (target.type === 'scalar' && target.value === null))
    return problems.errorCount === before;
  if (target.type !== 'seq') {
    problems.addAt(
      'not-a-resource-list',
      at(target),
      '`items` must be a list of resources; write `items: []` for none',
    );
    return false;
  }
  target.items.forEach((item, index) => {
    if (follow(item).type === 'map') return;
    const message = `\`items[${index}]\` must be a Kubernetes resource, but is not a map; remove it`;
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
  if (root === undefined) return `standard input must be a ResourceList, but is empty; ${advice}`;
  if (documents.length > 1)
    return `must be one ResourceList, but is a stream of ${documents.length} documents; ${advice}`;
  const kind = root.type === 'map' ? kindOf(root) : '';
  return `must be of kind "ResourceList", but ${kind === '' ? 'has no kind' : `is of kind "${kind}"`}; ${advice}`;
}

/** Opens a stream of documents that is not in plain block style. */
export function openStreamCarefully(
  name: string | undefined,
  text: string,
  interest: Interest,
  problems: Problems,
): Item[] {
  const documents = readCarefully(name, text, problems) ?? [];
  const closed = closedEnd(text, documents);
  if (closed !== undefined) return openStreamCarefully(name, closed, interest, problems);
  const source = new StringSource(name, text, readDocuments);
  const ranges = new DocumentRanges(text);
  const before = problems.errorCount;
  const own: Item[] = [];
  const lists = new Lists(interest.reads);
  const within: Expand = (list) => {
    if (!lists.isList(list)) return undefined;
    return itemsAreMaps(source, list, problems) ? listOf(source, list, within).items : [];
  };
  const items = documents.flatMap((root, index) => {
    const range = ranges.around(root.end);
    if (root.type === 'map' && lists.isList(root)) {
      return areSound(source, root, problems) ? listOf(source, root, within).items : [];
    }
    if (!isSane(source, root, problems)) return [];
    own.push(documentItem(source, root, range, index));
    return own.slice(-1);
  });
  // The items of a list become documents, whose lines have another indentation.
  checkForeignBreaks(source, documents, keptOf(own, interest), problems);
  return problems.errorCount === before ? items : [];
}

/** Whether the items of a list are resources, and all that it says can be held. */
function areSound(source: StringSource, root: MapNode, problems: Problems): boolean {
  if (!itemsAreMaps(source, root, problems)) return false;
  const before = problems.errorCount;
  for (const { value } of root.entries) {
    const node = follow(value);
    for (const part of node.type === 'seq' ? node.items : [node]) isSane(source, part, problems);
  }
  return problems.errorCount === before;
}

/** Aliases of aliases can come to more than any memory holds. */
function isSane(source: StringSource, node: Node, problems: Problems): boolean {
  if (!isTooLarge(node)) return true;
  const place = { ...(source.name !== undefined && { file: source.name }), ...source.position(node.start) };
  const message = 'must not expand to millions of values through aliases of aliases; write the values out';
  problems.addAt('broken-yaml', place, message);
  return false;
}
