import { visible } from '../text/index.ts';

/**
 * Pieces of Markdown with users' text. Any text stays plain text on one line: no markup, HTML, link, formula or
 * mention.
 */

/** As code. A longer fence keeps backticks in; a bar would end the cell of a table, so it is written as HTML. */
export function code(text: string): string {
  const shown = oneLine(text);
  if (shown.includes('|')) return `<code>${html(shown)}</code>`;
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(1 + runs.reduce((longest, run) => Math.max(longest, run.length), 0));
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return shown === '' ? '' : fence + pad + shown + pad + fence;
}

/** As HTML in which nothing is markup, neither of HTML nor of Markdown. */
function html(text: string): string {
  return apart(text).replaceAll(/[^A-Za-z0-9\s.,/:=-]/gu, (character) => `&#${character.codePointAt(0)};`);
}

/** As text. */
export function escaped(text: string): string {
  return apart(oneLine(text))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~$]/g, '\\$&')
    .replace(/^(?=[-=])|(?<=^\d+)(?=\.)/, '\\');
}

/** Where services make links, mentions, emojis and the like of a text; what begins them. */
const MADE = /@|[#!$%&~^](?=[\w"]|$)|(?<=\w):(?=\/\/)|:(?=[\w+-]+:)|www(?=\.)|gh(?=-\d)/giu;

/** It takes no room, and keeps them from it. */
const JOINER = '\u2060';

function apart(text: string): string {
  return text.replaceAll(MADE, `$&${JOINER}`);
}

/**
 * As text in which backquotes set code apart, as our own sentences have it. Users may write such, too: where there is
 * nothing between two of them, the texts around them do not become one.
 */
export function inline(text: string): string {
  return text
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) || JOINER : escapedInside(part)))
    .join('');
}

/** A part of a line keeps the spaces at its ends. */
function escapedInside(part: string): string {
  const body = part.trim();
  if (body === '') return part === '' ? '' : ' ';
  return `${part.startsWith(' ') ? ' ' : ''}${escaped(body)}${part.endsWith(' ') ? ' ' : ''}`;
}

function oneLine(text: string): string {
  return visible(text.replaceAll(/[ \t\r\n]+/g, ' ')).trim();
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What is seen only by those who ask for it: a plain text, and the Markdown below it. */
export function fold(summary: string, body: string): string {
  return `<details><summary>${html(oneLine(summary))}</summary>\n\n${body}\n\n</details>`;
}
