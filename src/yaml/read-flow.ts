import type { Entry, MapNode, Node, SeqNode } from './node.ts';
import { LineReader, MERGE, Odd } from './read-line.ts';
import { plainKey } from './scalar.ts';

const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const COMMA = 44;
const COLON = 58;
const OPEN_SQUARE = 91;
const CLOSE_SQUARE = 93;
const OPEN_CURLY = 123;
const CLOSE_CURLY = 125;

/** Flow collections, `{a: 1}` and `[a, b]`, on one line or several. */
export class FlowReader extends LineReader {
  private flowDepth = 0;
  /** Column of what holds the flow collection; its further lines must be deeper. */
  protected flowColumn = 0;

  protected flowOrScalar(inFlow: boolean): Node {
    const code = this.source.charCodeAt(this.at);
    if (code === QUOTE || code === APOSTROPHE) return this.quotedScalar(code);
    if (code !== OPEN_CURLY && code !== OPEN_SQUARE) return this.plain(inFlow);
    if (++this.flowDepth > 50) throw new Odd();
    const node = code === OPEN_CURLY ? this.flowMap() : this.flowSeq();
    this.flowDepth--;
    return node;
  }

  private flowMap(): MapNode {
    const start = this.at++;
    const entries: Entry[] = [];
    while (!this.closes(CLOSE_CURLY)) {
      const keyNode = this.flowOrScalar(true);
      if (keyNode.type !== 'scalar' || (keyNode.plain && keyNode.text === MERGE)) throw new Odd();
      const keyEnd = this.at;
      this.skipWhite();
      if (this.source.charCodeAt(this.at) !== COLON) throw new Odd();
      this.at++;
      this.skipWhite();
      const next = this.source.charCodeAt(this.at);
      if (next === COMMA || next === CLOSE_CURLY) throw new Odd();
      const value = this.flowOrScalar(true);
      const key = keyNode.plain ? plainKey(keyNode.text) : keyNode.text;
      entries.push({ key, keyStart: keyNode.start, keyEnd, value });
      this.separator(CLOSE_CURLY);
    }
    return { type: 'map', start, end: ++this.at, flow: true, entries };
  }

  private flowSeq(): SeqNode {
    const start = this.at++;
    const items: Node[] = [];
    while (!this.closes(CLOSE_SQUARE)) {
      items.push(this.flowOrScalar(true));
      this.separator(CLOSE_SQUARE);
    }
    return { type: 'seq', start, end: ++this.at, flow: true, items, dashes: [] };
  }

  private closes(bracket: number): boolean {
    this.skipWhite();
    return this.source.charCodeAt(this.at) === bracket;
  }

  private separator(bracket: number): void {
    this.skipWhite();
    const code = this.source.charCodeAt(this.at);
    if (code === COMMA) this.at++;
    else if (code !== bracket) throw new Odd();
  }

  private skipWhite(): void {
    for (;;) {
      const code = this.source.charCodeAt(this.at);
      if (code === NEWLINE) this.nextFlowLine();
      else if (code === HASH && this.isBehindWhite()) this.at = this.lineEnd(this.at);
      else if (code === SPACE) this.at++;
      else return;
    }
  }

  private isBehindWhite(): boolean {
    const code = this.source.charCodeAt(this.at - 1);
    return code === SPACE || code === NEWLINE;
  }

  /** YAML wants further lines deeper; a closing bracket may stand right below the key, as go-yaml has it. */
  private nextFlowLine(): void {
    const line = ++this.at;
    while (this.source.charCodeAt(this.at) === SPACE) this.at++;
    const code = this.source.charCodeAt(this.at);
    const column = this.at - line;
    const closes = code === CLOSE_SQUARE || code === CLOSE_CURLY;
    if (code === NEWLINE || column > this.flowColumn || (closes && column === this.flowColumn)) return;
    throw new Odd();
  }
}
