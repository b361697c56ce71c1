import type { Cursor } from './cursor.ts';

/** From where to where a text goes on over lines, in offsets. */
export interface Gap {
  readonly start: number;
  readonly end: number;
}

/** Something cannot be followed further; whoever reads the text says what is wrong with it. */
export class Lost extends Error {}

/**
 * Skips what stands in brackets or quotes, which begin here, and notes the gaps before those of its lines that are
 * indented no more than the block that it is in.
 */
export function skipFlowNode(cursor: Cursor, block: number, gaps: Gap[]): void {
  if (isQuote(cursor.char)) skipQuoted(cursor, block, gaps);
  else new FlowCollection(cursor, block, gaps).skip();
}

function isQuote(char: string): boolean {
  return char === '"' || char === "'";
}

function skipQuoted(cursor: Cursor, block: number, gaps: Gap[]): void {
  const quote = cursor.char;
  cursor.at++;
  for (;;) {
    if (cursor.isAtEnd) throw new Lost();
    if (cursor.isBreak()) skipGap(cursor, block, gaps, false);
    else if (cursor.char === '\\' && quote === '"') {
      cursor.at++;
      if (!cursor.isBreak()) cursor.at++;
    } else if (cursor.char !== quote) cursor.at++;
    else {
      cursor.at++;
      if (quote === '"' || cursor.char !== quote) return;
      cursor.at++;
    }
  }
}

class FlowCollection {
  private depth = 0;
  /** Within a scalar without quotes, where neither quotes nor most indicators mean anything. */
  private isPlain = false;
  /** Behind quotes and brackets a colon needs no space. */
  private endOfNode = -1;

  constructor(
    private readonly cursor: Cursor,
    private readonly block: number,
    private readonly gaps: Gap[],
  ) {}

  skip(): void {
    const { cursor, block, gaps } = this;
    do {
      if (cursor.isAtEnd) throw new Lost();
      if (cursor.isBreak() || cursor.isComment()) {
        const hasComment = skipGap(cursor, block, gaps, true);
        // A comment ends such a scalar, so that no more of it may follow.
        if (this.isPlain && hasComment && !/[,:\]}]/.test(cursor.char)) throw new Lost();
      } else if (isQuote(cursor.char) && !this.isPlain) {
        skipQuoted(cursor, block, gaps);
        this.endOfNode = cursor.at;
      } else if (/[&*!]/.test(cursor.char) && !this.isPlain) cursor.skipWord(true);
      else this.skipCharacter();
    } while (this.depth > 0);
  }

  private skipCharacter(): void {
    const { cursor } = this;
    const { char, at } = cursor;
    cursor.at++;
    if (/[[{]/.test(char)) this.depth++;
    if (/[\]}]/.test(char)) {
      this.depth--;
      this.endOfNode = cursor.at;
    }
    const isIndicator = cursor.isBlank() || (char === ':' && /[,[\]{}]/.test(cursor.char));
    if (/[,[\]{}]/.test(char)) this.isPlain = false;
    else if (char === ':' && (isIndicator || at === this.endOfNode)) this.isPlain = false;
    else if (!/[ \t]/.test(char) && !(char === '?' && isIndicator)) this.isPlain = true;
  }
}

/**
 * Skips line breaks, and comments where there may be some, up to the next line with something on it. Returns whether
 * there were comments.
 */
function skipGap(cursor: Cursor, block: number, gaps: Gap[], mayHaveComments: boolean): boolean {
  const start = cursor.at;
  let hasComment = false;
  let indentation = 0;
  for (;;) {
    if (cursor.isBreak()) {
      cursor.skipBreak();
      indentation = cursor.skipIndentation();
      cursor.skipBlanks();
    } else if (mayHaveComments && cursor.isComment()) {
      hasComment = true;
      cursor.skipLine();
    } else break;
  }
  if (cursor.isAtEnd || cursor.isBoundary()) throw new Lost();
  if (indentation <= block) gaps.push({ start, end: cursor.at });
  return hasComment;
}
