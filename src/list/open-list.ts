import { isUtf8 } from 'node:buffer';
import type { Place, Problems } from '../problem/index.ts';
import { ByteSource, entryOf, type Node, readBlock } from '../yaml/index.ts';
import { holdForeignBreak } from './foreign-breaks.ts';
import { identify, identifyFromNode, readAndIdentify } from './identify.ts';
import { Item } from './item.ts';
import type { Interest, ItemList } from './list.ts';
import { mentioning } from './mention.ts';
import { type TopKey, theScanner } from './scan.ts';

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const GREATER = 62;
const PIPE = 124;
const BOM = 0xef;

/**
 * Opens a ResourceList. Block style as kustomize and kpt write it is only scanned; anything else is read in full.
 * Reports and returns undefined if the bytes are no list.
 */
export async function openList(
  name: string | undefined,
  bytes: Buffer,
  interest: Interest,
  problems: Problems,
): Promise<ItemList | undefined> {
  if (!isReadable(name, bytes, problems)) return undefined;
  const quick = isOdd(bytes) ? undefined : openQuickly(name, bytes, interest);
  if (quick !== undefined) return quick;
  const { openCarefully } = await import('./open-carefully.ts');
  return openCarefully(name, bytes.toString('utf8'), interest, problems);
}

/** Line ends and marks that the quick way does not know, or an end that may be within a block scalar. */
export function isOdd(bytes: Buffer, isPlain = false): boolean {
  if (bytes[0] === BOM) return true;
  if (!isPlain && (bytes.includes(CARRIAGE_RETURN) || holdForeignBreak(bytes))) return true;
  return bytes[bytes.length - 1] !== NEWLINE && (bytes.includes(PIPE) || bytes.includes(GREATER));
}

/** Whether the bytes are text; no YAML reader takes anything else. */
export function isReadable(name: string | undefined, bytes: Buffer, problems: Problems): boolean {
  const place: Place = name === undefined ? {} : { file: name };
  if (!isUtf8(bytes)) {
    const position = new ByteSource(name, bytes).position(firstNotUtf8(bytes));
    problems.addAt('broken-yaml', { ...place, ...position }, 'must be UTF-8 text; save it as UTF-8');
    return false;
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    const position = new ByteSource(name, bytes).position(nul);
    problems.addAt('broken-yaml', { ...place, ...position }, 'must not contain a NUL character; remove it');
    return false;
  }
  return true;
}

/** Where bytes stop to be UTF-8. */
function firstNotUtf8(bytes: Buffer): number {
  let [start, end] = [0, 0];
  // No character holds a line break, so each line can be looked at by itself.
  do {
    start = end;
    const newline = bytes.indexOf(NEWLINE, start);
    end = newline < 0 ? bytes.length : newline + 1;
  } while (end < bytes.length && isUtf8(bytes.subarray(start, end)));
  let at = start;
  for (const character of bytes.toString('utf8', start, end)) {
    if (character === '\ufffd' && !bytes.subarray(at, at + REPLACEMENT.length).equals(REPLACEMENT)) break;
    at += Buffer.byteLength(character);
  }
  return at;
}

/** What broken bytes are read as; somebody may also have written it. */
const REPLACEMENT = Buffer.from('\ufffd');

function openQuickly(name: string | undefined, bytes: Buffer, interest: Interest): ItemList | undefined {
  const source = new ByteSource(name, bytes);
  const items: Item[] = [];
  const keys = theScanner()?.list(bytes, (span) => {
    const item = span.item(source, 'block', items.length);
    items.push(item);
    return identify(item, span, interest);
  });
  if (keys === undefined || !isResourceList(bytes, keys)) return undefined;
  if (!interest.markers.every((marker) => readMarked(items, marker))) return undefined;
  const functionConfig = configItem(source, keys);
  if (functionConfig === null) return undefined;
  const results = keys.find((key) => key.name === 'results');
  return {
    source,
    form: 'block',
    items,
    ...(functionConfig !== undefined && { functionConfig }),
    ...(results !== undefined && { results }),
  };
}

/** Reads every item that holds the marker text. */
export function readMarked(items: readonly Item[], marker: string): boolean {
  return mentioning(items, marker).every((item) => item.isRead || readAndIdentify(item));
}

function isResourceList(bytes: Buffer, keys: readonly TopKey[]): boolean {
  const kind = keys.find((key) => key.name === 'kind');
  if (kind === undefined) return false;
  return /^kind: *["']?ResourceList["']? *(?:#.*)?\n?$/.test(
    bytes.toString('latin1', kind.start, kind.end).trimEnd(),
  );
}

/** The function config as an item of its own; null where it must be read carefully. */
function configItem(source: ByteSource, keys: readonly TopKey[]): Item | undefined | null {
  const key = keys.find((candidate) => candidate.name === 'functionConfig');
  if (key === undefined) return undefined;
  const item = new Item(source, 'document', key.start, key.end, -1, 2, -1);
  const root = readBlock(item.text());
  const config: Node | undefined = entryOf(root, 'functionConfig')?.value;
  if (config === undefined) return null;
  if (config.type !== 'map') return undefined;
  item.adopt(config);
  identifyFromNode(item, config);
  return item;
}
