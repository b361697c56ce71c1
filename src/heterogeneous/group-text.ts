import { type Item, openStream } from '../list/index.ts';
import { Problems } from '../problem/index.ts';
import { isMap, sameValue, valueAt } from '../yaml/index.ts';
import { commentsOf, type Edit, writeMap } from '../yaml-write/index.ts';
import { type AdoptedGroup, LAST_APPLIED, SERVER_FIELDS } from './group.ts';

/**
 * The group as a manifest, with the lines and comments of the TidbCluster that it was; written again where these cannot
 * be taken over as they stand.
 */
export async function groupText(group: AdoptedGroup, cluster: Item): Promise<string> {
  const text = await fromLines(group, cluster);
  return text ?? writeMap(group.object);
}

async function fromLines(
  { component, object, said, added, dropped }: AdoptedGroup,
  cluster: Item,
): Promise<string | undefined> {
  const metadata = linesOf(cluster, ['metadata']);
  const reference = linesOf(cluster, ['spec', 'cluster']);
  const server = insideOf(blockOf(cluster, ['spec', component.name]), component.name);
  if (metadata === undefined || reference === undefined || server === undefined) return undefined;
  const spec = `${reference}${server}`.replace(/(?<![^\n])(?=[^\n])/g, '  ');
  const raw = `apiVersion: ${object.apiVersion}\nkind: ${object.kind}\n${metadata}spec:\n${spec}`;
  const item = await read(raw);
  const edits: Edit[] = [
    ...present(item, ['metadata'], SERVER_FIELDS),
    ...present(item, ['metadata', 'annotations'], [LAST_APPLIED]),
    ...(Object.keys(added).length > 0 ? [{ path: ['metadata', 'annotations'], set: added }] : []),
    ...present(item, ['spec', 'cluster'], ['clusterDomain']),
    ...(Object.keys(said).length > 0 ? [{ path: ['spec'], set: said }] : []),
    ...dropped,
  ];
  const text = item?.editedText(edits);
  const result = text === undefined ? undefined : await read(text);
  return sameValue(result?.object, object) ? text : undefined;
}

/** The lines of an entry; those inside a map in flow style end in commas and brackets of that. */
function linesOf(cluster: Item, path: readonly string[]): string | undefined {
  return cluster.styleOf(path.slice(0, -1)) === 'flow' ? blockOf(cluster, path) : cluster.linesOf(path);
}

/** An entry whose value is in block style: if it is not, it is written so, below all comments that it has. */
function blockOf(cluster: Item, path: readonly string[]): string | undefined {
  if (cluster.styleOf(path) !== 'flow') return cluster.linesOf(path);
  const { node, object } = cluster;
  const value = valueAt(object, ...path);
  if (node === undefined || !isMap(value)) return undefined;
  const comments = commentsOf(node, cluster.text(), path).map((comment) => `${comment}\n`);
  return `${comments.join('')}${writeMap({ [path.at(-1) ?? '']: value })}`;
}

/** A key with the comments above it and behind it, and the lines below. */
const BLOCK = /^((?:#[^\n]*\n)*)(\w+): *(#[^\n]*)?\n([\s\S]+)$/;

/**
 * The lines under a key, moved to the left edge; a comment after the key moves above them. Undefined if the value is
 * not in block style.
 */
function insideOf(lines: string | undefined, key: string): string | undefined {
  const [, above = '', written, behind, inside = ''] = BLOCK.exec(lines ?? '') ?? [];
  if (written !== key) return undefined;
  const indentation = /(?<![^\n])( +)[^ #\n]/.exec(inside)?.[1];
  if (indentation === undefined) return undefined;
  const moved = inside
    .split('\n')
    .map((line) => (line.startsWith(indentation) ? line.slice(indentation.length) : line.trimStart()));
  return [above, behind === undefined ? '' : `${behind}\n`, moved.join('\n')].join('');
}

function present(item: Item | undefined, path: readonly string[], keys: readonly string[]): Edit[] {
  return keys.flatMap((key) =>
    item?.linesOf([...path, key]) === undefined ? [] : [{ path, remove: [key] }],
  );
}

async function read(text: string): Promise<Item | undefined> {
  const everything = { reads: () => true, names: () => true, markers: [] };
  const [item] = await openStream('group.yaml', Buffer.from(text), everything, new Problems());
  return item;
}
