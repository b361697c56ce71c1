import { Cursor } from './cursor.ts';
import { type Gap, Lost, skipFlowNode } from './flow-node.ts';

/**
 * Where in a text brackets and quotes go on over lines that are not indented more than the block that they are in. It
 * follows the text as far as it must to tell brackets and quotes from text that has some, and only once.
 */
export function gapsInFlow(text: string): Gap[] {
  const scan = new BlockScan(text);
  try {
    scan.run();
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
  }
  return scan.gaps;
}

class BlockScan {
  readonly gaps: Gap[] = [];
  /** Of the blocks that are open: where their keys and dashes stand. */
  private readonly columns: number[] = [];
  /** Of a document without blocks, what its first line is indented more than. */
  private top = -1;
  private readonly cursor: Cursor;

  constructor(text: string) {
    this.cursor = new Cursor(text);
    if (text.startsWith('\ufeff')) this.cursor.at = this.cursor.lineStart = 1;
  }

  run(): void {
    const { cursor } = this;
    while (!cursor.isAtEnd) {
      this.line();
      cursor.skipLine();
      if (!cursor.isAtEnd) cursor.skipBreak();
    }
  }

  private get block(): number {
    return this.columns.at(-1) ?? this.top;
  }

  private open(column: number): void {
    while (this.block >= column) this.columns.pop();
    this.columns.push(column);
  }

  private line(): void {
    const { cursor } = this;
    if (cursor.isBoundary()) {
      this.columns.length = 0;
      this.top = -1;
      if (cursor.char === '.') return;
      cursor.at += 3;
    } else if (cursor.char === '%') return;
    else this.top = cursor.skipIndentation() - 1;
    cursor.skipBlanks();
    if (cursor.isBlank() || cursor.isComment()) return;
    while (this.block >= cursor.column) this.columns.pop();
    this.nodes();
  }

  /** What stands on a line, one indicator, key or value after the other. */
  private nodes(): void {
    const { cursor } = this;
    for (let column = cursor.column; !cursor.isBlank() && !cursor.isComment(); cursor.skipBlanks()) {
      if (/[-?:]/.test(cursor.char) && cursor.isBlank(1)) {
        this.open(cursor.column);
        cursor.at++;
        cursor.skipBlanks();
        column = cursor.column;
      } else if (/[&!]/.test(cursor.char)) cursor.skipWord(false);
      else if (/[|>]/.test(cursor.char)) {
        this.skipBlockScalar();
        return;
      } else if (this.skipNode()) {
        this.open(column);
        cursor.at++;
        cursor.skipBlanks();
        column = cursor.column;
      } else return;
    }
  }

  /** Skips a key or a value; whether it is a key, whose colon comes next. */
  private skipNode(): boolean {
    const { cursor } = this;
    if (/["'[{]/.test(cursor.char)) {
      skipFlowNode(cursor, this.block, this.gaps);
      cursor.skipBlanks();
      return this.isAtColon();
    }
    while (!cursor.isAtEnd && !cursor.isBreak() && !cursor.isComment()) {
      if (this.isAtColon()) return true;
      cursor.at++;
    }
    if (cursor.isBreak()) this.skipMoreLines();
    return false;
  }

  private isAtColon(): boolean {
    return this.cursor.char === ':' && this.cursor.isBlank(1);
  }

  /** Further lines of a scalar without quotes, up to one with a comment, which ends it. */
  private skipMoreLines(): void {
    const { cursor } = this;
    let isEnded = false;
    this.skipLinesWhile(() => {
      if (isEnded || cursor.isComment()) return false;
      while (!cursor.isAtEnd && !cursor.isBreak() && !cursor.isComment()) cursor.at++;
      isEnded = cursor.isComment();
      cursor.skipLine();
      return true;
    });
  }

  private skipBlockScalar(): void {
    this.cursor.skipLine();
    this.skipLinesWhile(() => {
      this.cursor.skipLine();
      return true;
    });
  }

  /** Skips blank lines, and lines that are indented more than the block, as long as they belong to what is skipped. */
  private skipLinesWhile(belongs: () => boolean): void {
    const { cursor } = this;
    const { block } = this;
    for (;;) {
      const { at, lineStart } = cursor;
      if (cursor.isAtEnd) return;
      cursor.skipBreak();
      const isBoundary = cursor.isBoundary();
      const indentation = cursor.skipIndentation();
      cursor.skipBlanks();
      const isEmpty = cursor.isAtEnd || cursor.isBreak();
      if (!isBoundary && (isEmpty || (indentation > block && belongs()))) continue;
      cursor.at = at;
      cursor.lineStart = lineStart;
      return;
    }
  }
}
