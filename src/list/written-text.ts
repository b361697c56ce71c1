import type { Extent, Node } from '../yaml/index.ts';

const UP_TO_A_BREAK = /[^\n\r\u0085\u2028\u2029]*/y;

/** A value in quotes or in a block, as it is written. */
export class WrittenText implements Extent {
  private block: { readonly body: number; readonly indentation: number } | undefined;

  constructor(
    private readonly source: string,
    readonly start: number,
    readonly end: number,
  ) {}

  private get isQuoted(): boolean {
    return /["']/.test(this.source.charAt(this.start));
  }

  /** Whether its value is the same, should a line end at an offset: in quotes, that takes blanks and some breaks away. */
  staysSame(offset: number): boolean {
    // Within quotes a byte order mark is text to all, wherever it stands.
    if (this.source.charAt(offset) === '\ufeff') return this.isQuoted;
    const around = this.source.charAt(offset - 1) + this.source.charAt(offset + 1);
    const isLine = /[\u2028\u2029]/.test(this.source.charAt(offset)) && !/[\s\u0085]/.test(around);
    return isLine && this.isQuoted && this.goesOnBehind(offset);
  }

  /** Whether what stands behind an offset belongs to it, should a line end there. */
  goesOnBehind(offset: number): boolean {
    UP_TO_A_BREAK.lastIndex = offset + 1;
    const [line = ''] = UP_TO_A_BREAK.exec(this.source) ?? [];
    if (this.isQuoted) return !/^(?:---|\.\.\.)/.test(line);
    this.block ??= this.readBlock();
    return offset > this.block.body && (/^ *$/.test(line) || line.search(/[^ ]/) >= this.block.indentation);
  }

  /** Where the first character stands that is no space, and with how many spaces lines begin at least. */
  private readBlock(): { readonly body: number; readonly indentation: number } {
    const header = this.source.indexOf('\n', this.start) + 1 || this.end;
    const body = this.source.slice(header, this.end);
    let indentation = Number.POSITIVE_INFINITY;
    for (const [spaces] of body.matchAll(/(?<![^\n]) *(?=[^ \r\n])/g))
      indentation = Math.min(indentation, spaces.length);
    const first = body.search(/[^ \r\n]/);
    return { body: first < 0 ? this.end : header + first, indentation };
  }
}

/** All of them in a resource, in their order. Keys are not among them, which must be on one line. */
export function writtenTexts(node: Node, source: string, found: WrittenText[] = []): WrittenText[] {
  if (node.type === 'map') for (const { value } of node.entries) writtenTexts(value, source, found);
  else if (node.type === 'seq') for (const item of node.items) writtenTexts(item, source, found);
  else if (node.type === 'scalar' && /["'|>]/.test(source.charAt(node.start)))
    found.push(new WrittenText(source, node.start, node.end));
  return found;
}
