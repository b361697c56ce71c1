import { writeAll } from '../io/index.ts';
import { terminalText } from '../report/index.ts';

/** Tells people something on standard error, a line each. */
export function say(lines: readonly string[]): void {
  if (lines.length > 0) writeAll(2, [terminalText(lines.map((line) => [line]))]);
}
