import type { Code, Field, Part } from '../../problem/index.ts';
import { IMAGES } from './format-image.ts';
import { NAMES } from './format-names.ts';
import { NETWORK } from './format-network.ts';
import { PATHS } from './format-paths.ts';
import { QUANTITIES } from './format-quantity.ts';
import { RARE } from './format-rare.ts';
import { quote } from './written.ts';

/** The format of a kind of text. Empty text counts as "not set" and is never checked. */
export interface Format {
  readonly code: Code;
  /** What it must be, with an example: "must be …". */
  readonly must: string;
  matches(text: string): boolean;
  /** What was probably meant, or what exactly is wrong, if known. */
  advice?(text: string): string | undefined;
}

/** Every format that the schemas name. */
export const FORMATS: { readonly [name: string]: Format } = {
  ...QUANTITIES,
  ...NETWORK,
  ...NAMES,
  ...IMAGES,
  ...PATHS,
  ...RARE,
};

export function checkFormat(name: string, text: string, at: Field, part: Part = 'value'): void {
  const format = FORMATS[name];
  if (format === undefined || (text === '' && part === 'value') || format.matches(text)) return;
  const advice = format.advice?.(text);
  const subject = part === 'key' ? `is a bad key: it must be ${format.must}` : `must be ${format.must}`;
  const found = part === 'key' ? '' : `, but ${quote(text, at)} is not`;
  at.add(format.code, `${subject}${found}${advice === undefined ? '' : `; ${advice}`}`, part);
}
