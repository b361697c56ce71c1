import type { Piece } from '../list/index.ts';
import type { Place, Problems } from '../problem/index.ts';
import type { Manifest } from './manifests.ts';

/**
 * The first line of a rendered stream gives the number of resources, and the last line marks the end. Programs that
 * read and write it again, such as kustomize, drop both.
 */
const HEAD = /^# Rendered by tidb-groups: (\d+) resources?\.\n/;
const FOOT = /(?<=^|\n)# End of (\d+) resources? rendered by tidb-groups\.\n$/;

/** Characters that neither line exceeds. */
const LONGEST = 80;

/** Documents of one stream, set apart by `---`, with a first and a last line that tell whether all of it is there. */
export function* framed(manifests: readonly Manifest[]): Iterable<Piece> {
  const count = `${manifests.length} resource${manifests.length === 1 ? '' : 's'}`;
  yield `# Rendered by tidb-groups: ${count}.\n`;
  let first = true;
  for (const { text } of manifests) {
    if (!first) yield '---\n';
    first = false;
    yield* withNewline(text);
  }
  yield `# End of ${count} rendered by tidb-groups.\n`;
}

/** A manifest to its last line's end: what has none could be cut off. */
export function* withNewline(text: Piece): Iterable<Piece> {
  yield text;
  const endsLine = typeof text === 'string' ? text.endsWith('\n') : text[text.length - 1] === 10;
  if (!endsLine) yield '\n';
}

/** A document without the lines of a frame, which are of the stream that it was read from. */
export function withoutFrame(text: Piece): Piece {
  const [head = ''] = HEAD.exec(start(text)) ?? [];
  const [foot = ''] = FOOT.exec(end(text)) ?? [];
  if (head === '' && foot === '') return text;
  const { length } = text;
  return typeof text === 'string'
    ? text.slice(head.length, length - foot.length)
    : text.subarray(head.length, length - foot.length);
}

/**
 * Reports a stream or file whose end is missing: a frame that is not closed or has a wrong number of resources, or a
 * last line without a line break, which every program that writes resources adds.
 */
export function reportCut(bytes: Buffer, resources: number, place: Place, problems: Problems): void {
  const [, announced] = HEAD.exec(start(bytes)) ?? [];
  const [, closed] = FOOT.exec(end(bytes)) ?? [];
  if (announced !== undefined && (closed !== announced || Number(announced) !== resources)) {
    const found = closed === undefined ? 'the last line is missing' : `it has ${resources}`;
    const message = `the first line says that ${announced} resources were rendered, but ${found}: it was truncated, or edited by hand; render it again`;
    problems.addAt('render-incomplete', { ...place, line: 1, column: 1 }, message);
  } else if (bytes.length > 0 && !end(bytes).endsWith('\n') && !isJson(bytes)) {
    const message =
      'the last line must end with a line break, but does not: it was truncated; render it again';
    problems.addAt('render-incomplete', place, message);
  }
}

/** Truncated JSON is invalid anyway, and JSON need not end with a line break. */
function isJson(bytes: Buffer): boolean {
  return start(bytes).trimStart().startsWith('{');
}

function start(text: Piece): string {
  return typeof text === 'string' ? text.slice(0, LONGEST) : latin1(text.subarray(0, LONGEST));
}

function end(text: Piece): string {
  const from = Math.max(0, text.length - LONGEST);
  return typeof text === 'string' ? text.slice(from) : latin1(text.subarray(from));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
