import type { Choices } from './choices.ts';

/** Whether a literal block can hold the text. (The independent parser loses a last line of only spaces.) */
export function isLiteral(text: string): boolean {
  if (/(?:^|\n)[ \t]+\n*$/.test(text)) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant.
  const cannotHold = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;
  return /[^\s]/.test(text) && !cannotHold.test(text);
}

/** Whether its lines can be folded: none is blank, and none begins or ends with white space. */
function isFoldable(text: string): boolean {
  return /^(?:\S(?:.*\S)?\n)*\S(?:.*\S)?\n*$/.test(text);
}

/**
 * A block scalar, from its indicator to the line break of its last line, in a map or list of that column. Blank lines
 * may follow where `keeps` is false: then they mean nothing.
 */
export function blockScalar(
  text: string,
  column: number,
  choices: Choices,
): { readonly text: string; readonly keeps: boolean } {
  const end = /\n*$/.exec(text)?.[0].length ?? 0;
  const keeps = end > 1 || (end === 1 && choices.once(8));
  const chomp = end === 0 ? '-' : keeps ? '+' : '';
  const deeper = 1 + choices.oneOf(1, 3, 0, 2, 8);
  const isStated = /^[ \n\t]/.test(text) || choices.once(8);
  const indicator = isStated ? String(deeper) : '';
  const header = `${choices.once(2) ? indicator + chomp : chomp + indicator}${choices.oneOf('', ' ', ' # note: "it')}`;
  const pad = ' '.repeat(column + deeper);
  const folds = isFoldable(text) && choices.once(3);
  const body = text.slice(0, text.length - end);
  const lines = folds ? foldedLines(body, choices) : body.split('\n');
  for (let blank = 1; blank < end; blank++) lines.push('');
  const written = lines.map((line) => (line === '' ? choices.oneOf('', pad) : pad + line));
  return { text: `${folds ? '>' : '|'}${header}\n${written.join('\n')}\n`, keeps };
}

/** A space between words may be a line break, and a line break two. */
function foldedLines(body: string, choices: Choices): string[] {
  return body
    .replaceAll('\n', '\n\n')
    .replaceAll(/(?<=[A-Za-z0-9]) (?=[A-Za-z0-9])/g, () => (choices.once(3) ? '\n' : ' '))
    .split('\n');
}
