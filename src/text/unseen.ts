/**
 * Invisible or misleading characters: those that control a terminal, break a line, change the writing direction, join
 * or have no width, and noncharacters. Tabs and line feeds are not among them, nor are the two that say how an emoji is
 * drawn. They are named one by one, because what a class of Unicode holds differs from one version of Node to the next.
 * (Unicode 16: Cc, Zl, Zp, Default_Ignorable_Code_Point, interlinear annotations, noncharacters; U+2800, a blank that
 * is a symbol; halves of characters.)
 */
export function eachUnseen(): RegExp {
  // A pattern that is there from the start would be read in every run, which takes long.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant.
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each stands for itself.
  return /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}\u{3ffff}\u{4fffe}\u{4ffff}\u{5fffe}\u{5ffff}\u{6fffe}\u{6ffff}\u{7fffe}\u{7ffff}\u{8fffe}\u{8ffff}\u{9fffe}\u{9ffff}\u{afffe}\u{affff}\u{bfffe}\u{bffff}\u{cfffe}\u{cffff}\u{dfffe}\u{dffff}\u{e0000}-\u{e0fff}\u{efffe}\u{effff}\u{ffffe}\u{fffff}\u{10fffe}\u{10ffff}]/gu;
}

/** Most texts are of nothing else. */
const ORDINARY = /^[\t\n -~]*$/;

/** Whether a text holds a character that nobody sees as what it is. */
export function hasUnseen(text: string): boolean {
  return !ORDINARY.test(text) && eachUnseen().test(text);
}

const NAMED = new Map([
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);

/** A character as YAML and many others write it in double quotes: `\n`, `\u202e`, `\U000e0041`. */
export function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  const numbered = code > 0xffff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`;
  return NAMED.get(character) ?? numbered;
}
