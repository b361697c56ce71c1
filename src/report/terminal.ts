import { visible } from '../text/index.ts';

/** A part of a line that is painted where there are colors; `style` is what a terminal takes for one, as `1;31`. */
export interface Painted {
  readonly text: string;
  readonly style: string;
}

export type Line = readonly (string | Painted)[];

/**
 * Lines for people, at a terminal or in the log of a job. User text stays text: it starts no line, and neither
 * terminals nor CI systems that look for commands in logs act on it.
 */
export function terminalText(lines: readonly Line[], colors = false): string {
  return lines.map((line) => `${terminalLine(line, colors)}\n`).join('');
}

/** One of them, without its end. */
export function terminalLine(line: Line, colors = false): string {
  const parts = line.map((part) => {
    if (typeof part === 'string') return visible(part);
    return colors ? `\u001b[${part.style}m${visible(part.text)}\u001b[0m` : visible(part.text);
  });
  return withoutCommands(parts.join('')).trimEnd();
}

/** GitHub acts on `::error …::` at the start of a line, and it and Azure on `##[error]` and `##vso[…]` anywhere. */
function withoutCommands(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1\\u003a').replaceAll(/(?<=#)#(?=\w*\[)/g, '\\u0023');
}
