import { hasUnseen } from '../text/index.ts';
import { padOf } from './pad.ts';

/** Groups have the same scripts: what was written of one is written again. In the order of their last use. */
const BLOCKS = new Map<string, { readonly indent: number; readonly block: string | undefined }>();
const MOST_BLOCKS = 32;

/** Text of several lines as a literal block, or undefined if it holds what a block cannot, or nobody sees. */
export function literalBlock(text: string, indent: number): string | undefined {
  const known = BLOCKS.get(text);
  const its = known?.indent === indent ? known : { indent, block: blockOf(text, indent) };
  BLOCKS.delete(text);
  BLOCKS.set(text, its);
  // What differs from group to group must not displace what does not.
  if (BLOCKS.size > MOST_BLOCKS) {
    const [oldest = ''] = BLOCKS.keys();
    BLOCKS.delete(oldest);
  }
  return its.block;
}

function blockOf(text: string, indent: number): string | undefined {
  if (hasUnseen(text) || /^\n*$/.test(text) || /^[ \n]*\t/.test(text)) return undefined;
  if (text.endsWith(' ') || text.includes(' \n')) return undefined;
  const chomp = text.endsWith('\n\n') ? '+' : text.endsWith('\n') ? '' : '-';
  // A first line that begins with a space, or is blank, leaves the indentation to guess: say it.
  const indicator = /^[ \n]/.test(text) ? '2' : '';
  const pad = padOf(indent);
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  return `|${indicator}${chomp}\n${indented(body, pad)}`;
}

/** Lines behind a pad; blank ones stay blank. Scripts have none, and many lines. */
export function indented(body: string, pad: string): string {
  const hasBlank = body === '' || body.startsWith('\n') || body.endsWith('\n') || body.includes('\n\n');
  if (!hasBlank) return pad + body.replaceAll('\n', `\n${pad}`);
  const lines = body.split('\n');
  return lines.map((line) => (line === '' ? '' : pad + line)).join('\n');
}
