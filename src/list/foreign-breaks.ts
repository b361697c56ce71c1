import { isAscii } from 'node:buffer';

/**
 * Characters that end a line to readers of YAML 1.1, such as Go's, and are like any other to those of YAML 1.2. Behind
 * one of them a comment or a text can hold a field, or a whole resource, that only some readers see. So can a byte order
 * mark at the beginning of a line, which some skip.
 */
const FOREIGN = ['\u0085', '\u2028', '\u2029', '\n\ufeff', '\ufeff\ufeff'];

/** Whether bytes hold one; of most inputs, which are ASCII, a quick look tells that they do not. */
export function holdForeignBreak(bytes: Buffer): boolean {
  return !isAscii(bytes) && FOREIGN.some((text) => bytes.includes(text));
}
