import type { Problems } from '../problem/index.ts';
import type { Extent, Node, StringSource } from '../yaml/index.ts';
import { writtenTexts } from './written-text.ts';

const BYTE_ORDER_MARK = '\ufeff';

/** The same as in `foreign-breaks.ts`. */
const FOREIGN = /[\u0085\u2028\u2029]|(?<=[\n\ufeff])\ufeff/g;

/**
 * Reports line breaks that only some parsers recognize, one per line, if the parsers would read different content.
 * `kept` are resources that are copied unchanged: every parser reads the same in the output as in the input, so a
 * different value is acceptable there, but not a different structure.
 */
export function checkForeignBreaks(
  source: StringSource,
  roots: readonly Node[],
  kept: readonly Extent[],
  problems: Problems,
): void {
  const offsets = foreignOffsets(source.string);
  if (offsets.length === 0) return;
  const texts = roots.flatMap((root) => writtenTexts(root, source.string));
  let reported = 0;
  for (const offset of offsets) {
    const text = around(texts, offset);
    if (text?.staysSame(offset) || (text?.goesOnBehind(offset) && around(kept, offset))) continue;
    const position = source.position(offset);
    if (position.line === reported) continue;
    reported = position.line;
    const place = { ...(source.name !== undefined && { file: source.name }), ...position };
    problems.addAt('broken-yaml', place, messageOf(source.string.charCodeAt(offset)));
  }
}

/** Where they are; of byte order marks that follow one another, only those that begin a line. */
function foreignOffsets(text: string): number[] {
  const offsets: number[] = [];
  for (const { index } of text.matchAll(FOREIGN)) {
    const isBehindMark = text.charAt(index - 1) === BYTE_ORDER_MARK && text.charAt(index) === BYTE_ORDER_MARK;
    if (!isBehindMark || index === 1 || offsets.at(-1) === index - 1) offsets.push(index);
  }
  return offsets;
}

function messageOf(code: number): string {
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const what =
    code === 0xfeff
      ? 'a byte order mark at the beginning of a line, which some parsers skip and others treat as text'
      : 'which ends the line for kubectl and kustomize, but not for other parsers';
  return `must not contain ${name} here, ${what}; remove it`;
}

/** The one of some ranges, which are in order, that an offset is in. */
function around<T extends Extent>(ranges: readonly T[], offset: number): T | undefined {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const found = ranges[low];
  return found !== undefined && found.start <= offset ? found : undefined;
}
