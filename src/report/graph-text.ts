import { widthOf } from './width.ts';

/**
 * How wide a text can get on a screen. Which font there is nobody knows, so a character counts as much as in the
 * widest of the usual ones (Verdana, DejaVu Sans), a little rounded up: what is set in another font has room left.
 */
const WIDTHS: readonly (readonly [characters: RegExp, em: number])[] = [
  [/[ilj.,:;'|!·]/, 0.42],
  [/[ frtI()[\]{}/\\"-]/, 0.48],
  [/[mwMW%@→]/, 1.08],
  [/[a-z0-9_?*$]/, 0.66],
  [/[A-Z]/, 0.82],
  [/[\u0020-\u024f]/, 0.88],
];

const BOLD = 1.12;

export interface Font {
  readonly size: number;
  readonly bold?: boolean;
}

/** The width of a text in pixels, at most. */
export function textWidth(text: string, { size, bold = false }: Font): number {
  let em = 0;
  for (const character of text) {
    const known = WIDTHS.find(([characters]) => characters.test(character))?.[1];
    em += known ?? [0, 1.1, 1.5][widthOf(character)] ?? 1.5;
  }
  return Math.ceil(em * size * (bold ? BOLD : 1));
}

/** The text in lines of at most so many pixels, broken between words, or within one that is too long for a line. */
export function wrapText(text: string, width: number, font: Font): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((part) => broken(part, width, font))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, font) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

/** A word in parts that each fit, if possible ending where a part of a name does. */
function broken(word: string, width: number, font: Font): string[] {
  if (textWidth(word, font) <= width) return [word];
  const pieces = word
    .split(/(?<=[/.=,_-])/)
    .flatMap((piece) => (textWidth(piece, font) > width ? [...piece] : [piece]));
  const parts: string[] = [];
  let part = '';
  for (const piece of pieces) {
    if (part !== '' && textWidth(part + piece, font) > width) {
      parts.push(part);
      part = '';
    }
    part += piece;
  }
  return [...parts, part];
}
