import { visible } from './plan-words.ts';

/**
 * Pieces of Markdown that hold users' texts. Whatever these are, they stay texts: no markup, no HTML, no link, no
 * mention of anybody.
 */

/** As code. A longer fence keeps backticks in; a bar would end the cell of a table, so it is written as HTML. */
export function code(text: string): string {
  const shown = oneLine(text);
  if (shown.includes('|')) return `<code>${html(shown)}</code>`;
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return shown === '' ? '' : fence + pad + shown + pad + fence;
}

/** As HTML in which nothing is markup, neither of HTML nor of Markdown. */
function html(text: string): string {
  return text.replaceAll(/[^\w\s.,/:=-]/gu, (character) => `&#${character.codePointAt(0)};`);
}

/** As text. */
export function escaped(text: string): string {
  return (
    oneLine(text)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll(/[\\`*_{}[\]()#+!|~]/g, '\\$&')
      .replaceAll(/^([-=]|\d+[.)])/g, '\\$1')
      // A joiner that takes no room keeps mentions and links from being made.
      .replaceAll(/@|(?<=\w):(?=\/\/)|(?<=www)\./gi, '$&\u2060')
  );
}

/** As text in which back-quotes set code apart, as our own sentences have it. */
export function inline(text: string): string {
  return text
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : escapedInside(part)))
    .join('');
}

/** A part of a line keeps the spaces at its ends. */
function escapedInside(part: string): string {
  const [, before = '', body = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(part) ?? [];
  return `${before === '' ? '' : ' '}${escaped(body)}${after === '' ? '' : ' '}`;
}

function oneLine(text: string): string {
  return visible(text.replaceAll(/\s+/g, ' ')).trim();
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What is seen only by those who ask for it: a plain text, and the Markdown below it. */
export function fold(summary: string, body: string): string {
  return `<details><summary>${html(oneLine(summary))}</summary>\n\n${body}\n\n</details>`;
}
