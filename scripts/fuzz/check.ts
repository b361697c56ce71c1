import { inspect } from 'node:util';
import { run } from '../../functions/expand-tidb-groups/run.ts';
import {
  type Item,
  type ItemList,
  NO_CHANGES,
  openList,
  openStream,
  type Piece,
  writeList,
} from '../../src/list/index.ts';
import { openCarefully } from '../../src/list/open-carefully.ts';
import { Problems } from '../../src/problem/index.ts';
import { INTEREST } from '../../src/render/index.ts';
import { isMap, sameValue, type Value } from '../../src/yaml/index.ts';
import { checkEdits } from './check-edits.ts';
import { checkStructure } from './check-structure.ts';

/** A fault. All findings of the same kind share a title. */
export interface Finding {
  readonly title: string;
  readonly detail: string;
}

/** Thrown by checks. */
export class Found extends Error {
  constructor(
    readonly title: string,
    readonly detail = '',
  ) {
    super(title);
  }
}

export const EVERYTHING = { reads: () => true, names: () => true, markers: [] };
const NAMES = { reads: () => false, names: () => true, markers: [] };

/** Returns what is wrong when a text is read as a list or as manifests. */
export async function check(text: string, seed: number): Promise<Finding | undefined> {
  try {
    const bytes = Buffer.from(text);
    await checkWays(bytes);
    await checkStructure(bytes.toString());
    await checkEdits(bytes, seed);
    await checkRun(bytes);
    await openStream('file.yaml', bytes, EVERYTHING, new Problems());
    await openStream('file.yaml', bytes, NAMES, new Problems());
    return undefined;
  } catch (error) {
    if (error instanceof Found) return { title: error.title, detail: error.detail };
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    return { title: `throws: ${message.slice(0, 80)}`, detail: stack };
  }
}

/** Both readers must agree, and must pass on what they read. */
async function checkWays(bytes: Buffer): Promise<void> {
  const text = bytes.toString();
  const whole = openCarefully(undefined, text, EVERYTHING, new Problems());
  for (const interest of [EVERYTHING, NAMES]) {
    const problems = new Problems();
    const list = await openList(undefined, bytes, interest, problems);
    if (list === undefined) {
      if (problems.errorCount === 0) throw new Found('no list, and no error');
      continue;
    }
    if (list.source.careful === undefined && whole !== undefined) compare(list, whole);
    const isOpen = !text.endsWith('\n') && /[|>]/.test(text);
    const isSliced = !isOpen && list.form !== 'values' && !list.items.some((item) => item.leansOnOthers);
    const out = textOf(writeList(list, NO_CHANGES, undefined));
    if (isSliced && out !== text) throw new Found('untouched bytes differ', out);
  }
}

function compare(quick: ItemList, careful: ItemList): void {
  if (quick.items.length !== careful.items.length) {
    throw new Found('the quick way finds other items', `${quick.items.length}, not ${careful.items.length}`);
  }
  quick.items.forEach((item, index) => {
    const other = careful.items[index];
    if (other === undefined) return;
    const [one, two] = [item.id, other.id].map((id) => inspect(id));
    if (one !== two) throw new Found('the quick way names an item otherwise', `${one}\n${two}`);
    if (item.isRead) same('the quick way reads otherwise', item.object, other.object);
  });
  same('the quick way reads the config otherwise', configOf(quick), configOf(careful));
}

function configOf({ functionConfig }: ItemList): Value {
  return functionConfig?.object ?? null;
}

export function same(title: string, one: Value, two: Value, detail = ''): void {
  if (sameValue(one, two)) return;
  throw new Found(title, `${detail}\n${inspect(one, { depth: 9 })}\n${inspect(two, { depth: 9 })}`);
}

/** The function must pass on everything that is not its own, and a second run must change nothing. */
async function checkRun(bytes: Buffer): Promise<void> {
  const before = await openList(undefined, bytes, EVERYTHING, new Problems());
  const { output, messages, failed } = await run(bytes);
  const text = textOf(output);
  if (failed && messages.length === 0) throw new Found('it fails silently');
  if (before === undefined) {
    // Broken YAML in a resource that the function does not parse passes through unchanged.
    const isList = (await openList(undefined, bytes, INTEREST, new Problems())) !== undefined;
    if (text !== '' && !isList) throw new Found('there is output of what is no list', text);
    return;
  }
  const problems = new Problems();
  const after = await openList(undefined, Buffer.from(text), EVERYTHING, problems);
  if (after === undefined) throw new Found('the output is no list', `${inspect(problems.all)}\n${text}`);
  const others = before.items.filter(isOther);
  const kept = after.items.filter(isOther);
  if (failed && after.items.length !== before.items.length)
    throw new Found('items are lost on failure', text);
  if (others.length !== kept.length) throw new Found('other resources are lost, or come up', text);
  others.forEach((item, index) => {
    same('another resource is changed', kept[index]?.object ?? null, item.object);
  });
  if (failed) return;
  const again = await run(Buffer.from(text));
  const second = textOf(again.output);
  if (again.failed) throw new Found('its own output is wrong', again.messages.join('\n'));
  if (withoutResults(second) !== withoutResults(text))
    throw new Found('its own output is not the end', differenceOf(text, second));
}

/** A run reports problems of its input. The next run must not report what the first one fixed. */
function withoutResults(list: string): string {
  return list.replace(/^results:\r?\n(?:[- ].*\r?\n)*/m, '');
}

/** The lines in which two texts differ, without their common beginning and end. */
function differenceOf(one: string, two: string): string {
  const [first, second] = [one.split('\n'), two.split('\n')];
  let begin = 0;
  while (begin < first.length && first[begin] === second[begin]) begin++;
  let end = 0;
  while (end < first.length - begin && first.at(-1 - end) === second.at(-1 - end)) end++;
  const middle = (lines: string[]) => lines.slice(begin, lines.length - end).join('\n');
  return `${middle(first)}\n=====\n${middle(second)}`;
}

/** Resources that are neither a cluster or group nor rendered from one. */
function isOther({ apiVersion, object }: Item): boolean {
  if (apiVersion === 'pingcap.com/v1alpha1') return false;
  const { metadata } = object;
  const annotations = isMap(metadata) ? metadata.annotations : undefined;
  return !isMap(annotations) || !Object.hasOwn(annotations, 'groups.pingcap.com/generated-by');
}

export function textOf(pieces: Iterable<Piece>): string {
  return Buffer.concat([...pieces].map((piece) => Buffer.from(piece))).toString();
}
