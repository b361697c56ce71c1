import type { Entry, MapNode, Node, ScalarNode, SeqNode } from './node.ts';
import { FlowReader } from './read-flow.ts';
import { Odd } from './read-line.ts';
import { readLiteral } from './read-literal.ts';

const NEWLINE = 10;
const SPACE = 32;
const HASH = 35;
const DASH = 45;
const PIPE = 124;
const GREATER = 62;

/**
 * The quick reader: plain block style as kustomize, kpt and people write it. Anything it is not certain of
 * (anchors, tags, scalars over several lines, tabs, odd indentation) it gives up on, and the careful reader in
 * `read-events.ts` takes the text instead. Returns undefined then, and for an empty text.
 */
export function readBlock(source: string): Node | undefined {
  if (CONTROLS.test(source)) return undefined;
  try {
    return new BlockReader(source).document();
  } catch (error) {
    if (error instanceof Odd) return undefined;
    throw error;
  }
}

/** What YAML does not allow, or reads as a line break. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/;

class BlockReader extends FlowReader {
  /** Start of the line looked at. */
  private line = 0;
  /** Column of its first character that is no space; -1 after the last line. */
  private indent = -1;
  private depth = 0;

  document(): Node {
    this.nextContent(0);
    if (this.indent < 0) throw new Odd();
    const root = this.block(this.indent);
    if (this.indent >= 0) throw new Odd();
    return root;
  }

  /** Goes to the next line with content, from the start of a line. */
  private nextContent(lineStart: number): void {
    let line = lineStart;
    const { source } = this;
    while (line < source.length) {
      let at = line;
      while (source.charCodeAt(at) === SPACE) at++;
      const code = source.charCodeAt(at);
      if (code === HASH) at = this.lineEnd(at);
      else if (code !== NEWLINE && at < source.length) {
        this.line = line;
        this.indent = at - line;
        this.at = at;
        return;
      }
      line = at + 1;
    }
    this.indent = -1;
    this.line = source.length;
    this.at = source.length;
  }

  private block(indent: number): Node {
    if (++this.depth > 100) throw new Odd();
    const node = this.isDash(this.at) ? this.sequence(indent) : this.mapping(indent);
    this.depth--;
    return node;
  }

  private isDash(at: number): boolean {
    if (this.source.charCodeAt(at) !== DASH) return false;
    const next = this.source.charCodeAt(at + 1);
    return next === SPACE || next === NEWLINE || Number.isNaN(next);
  }

  private mapping(indent: number): MapNode {
    const start = this.at;
    const entries: Entry[] = [];
    let end = start;
    while (this.indent === indent && !this.isDash(this.at)) {
      const keyStart = this.at;
      const key = this.key();
      if (key === undefined) throw new Odd();
      const keyEnd = this.at;
      this.at++;
      const value = this.valueOfKey(indent, keyEnd + 1);
      entries.push({ key, keyStart, keyEnd, value });
      end = value.end;
    }
    if (this.indent > indent || entries.length === 0) throw new Odd();
    return { type: 'map', start, end, flow: false, entries };
  }

  private valueOfKey(indent: number, after: number): Node {
    if (this.skipSpaces()) {
      this.nextContent(this.lineEnd(this.at) + 1);
      if (this.indent > indent) return this.block(this.indent);
      if (this.indent === indent && this.isDash(this.at)) return this.block(indent);
      return emptyAt(after);
    }
    return this.inline(indent);
  }

  /** A value that begins on the line it belongs to; goes on to the next line with content. */
  private inline(indent: number): Node {
    const code = this.source.charCodeAt(this.at);
    if (code === PIPE) return this.literal(indent);
    if (code === GREATER) throw new Odd();
    this.flowColumn = indent;
    const node = this.flowOrScalar(false);
    if (!this.skipSpaces()) throw new Odd();
    this.nextContent(this.lineEnd(this.at) + 1);
    if (this.indent > indent) throw new Odd();
    return node;
  }

  private sequence(indent: number): SeqNode {
    const start = this.at;
    const items: Node[] = [];
    const dashes: number[] = [];
    let end = start;
    while (this.indent === indent && this.isDash(this.at)) {
      dashes.push(this.at);
      const item = this.sequenceItem(indent);
      items.push(item);
      end = item.end;
    }
    if (this.indent > indent) throw new Odd();
    return { type: 'seq', start, end, flow: false, items, dashes };
  }

  private sequenceItem(indent: number): Node {
    const after = ++this.at;
    if (this.skipSpaces()) {
      this.nextContent(this.lineEnd(this.at) + 1);
      return this.indent > indent ? this.block(this.indent) : emptyAt(after);
    }
    if (this.isDash(this.at) || this.hasKey()) {
      this.indent = this.at - this.line;
      return this.block(this.indent);
    }
    return this.inline(indent);
  }

  private hasKey(): boolean {
    const before = this.at;
    const first = this.source[before];
    if (first === '{' || first === '[' || first === '|') return false;
    const found = this.key() !== undefined;
    this.at = before;
    return found;
  }

  private literal(parent: number): ScalarNode {
    const { node, next } = readLiteral(this.source, this.at, parent);
    this.nextContent(next);
    if (this.indent > parent) throw new Odd();
    return node;
  }
}

function emptyAt(at: number): ScalarNode {
  return { type: 'scalar', start: at, end: at, plain: true, value: null, text: '' };
}
