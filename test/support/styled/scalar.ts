import { Float, type Value } from '../../../src/yaml/index.ts';
import type { Choices } from './choices.ts';

/** Words that some reader takes for another type than text. */
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null|[eE][-+]?\d+)$/i;
const PLAIN = /^[A-Za-z_/][A-Za-z0-9_./:#@%*&!|>-]*(?: [A-Za-z0-9_./(][A-Za-z0-9_./:)*&!'"-]*)*$/;

export function isPlain(text: string): boolean {
  return PLAIN.test(text) && !WORDS.test(text) && !/:(?: |$)/.test(text);
}

/** Whether a scalar may break into lines: `indent` is the least indentation of further lines; undefined for one line. */
export type Room = { readonly indent: number } | undefined;

/** A scalar behind a key, dash or comma in any style that means the same to every reader. No block scalars. */
export function styledScalar(value: Value, choices: Choices, room: Room): string {
  if (typeof value !== 'string') return spelled(value, choices);
  const style = choices.below(isPlain(value) ? 5 : 2);
  if (isPlain(value) && style !== 1 && style !== 4) return broken(value, choices, room);
  if (style % 2 === 0 && isSinglePossible(value))
    return `'${broken(value.replaceAll("'", "''"), choices, room)}'`;
  return doubleQuoted(value, choices, room);
}

function spelled(value: Value, choices: Choices): string {
  if (value === null) return choices.oneOf('null', '~', 'Null', 'NULL');
  if (value === true) return choices.oneOf('true', 'True', 'TRUE');
  if (value === false) return choices.oneOf('false', 'False', 'FALSE');
  return value instanceof Float ? value.toString() : String(value);
}

function isSinglePossible(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant.
  return !/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]/.test(text);
}

/** Single spaces become line breaks here and there; both mean a space. */
function broken(text: string, choices: Choices, room: Room): string {
  if (room === undefined || !text.includes(' ')) return text;
  return text.replaceAll(/(?<=[A-Za-z0-9]) (?=[A-Za-z0-9])/g, () =>
    choices.once(6) ? lineBreak(choices, room) : ' ',
  );
}

function lineBreak(choices: Choices, { indent }: { readonly indent: number }): string {
  return `${choices.oneOf('', ' ', '\t')}\n${' '.repeat(indent + choices.below(3))}`;
}

const SHORT = new Map([
  ...Object.entries({ '\t': 't', '\n': 'n', '\r': 'r', '\0': '0', '\u0085': 'N', '\u00a0': '_' }),
]);

function doubleQuoted(text: string, choices: Choices, room: Room): string {
  const body = [...text].map((char) => escapedChar(char, choices)).join('');
  return `"${broken(body, choices, room)}"`;
}

function escapedChar(char: string, choices: Choices): string {
  const code = char.codePointAt(0) ?? 0;
  if (char === '"' || char === '\\') return `\\${char}`;
  const must = code < 0x20 || (code >= 0x7f && code <= 0xa0) || /[\u2028\u2029\ufeff\ufffe\uffff]/.test(char);
  const short = SHORT.get(char);
  if (must && short !== undefined && choices.once(2)) return `\\${short}`;
  if (!must && !choices.once(80)) return char;
  if (code <= 0xff && choices.once(2)) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}

/** Writes JSON that readers of YAML 1.1 can read too. */
export function jsonString(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
