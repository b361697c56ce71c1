import type { Part, Path, Spot } from '../problem/index.ts';
import { extentOf, extentOfSpot, type Node, Ruler, type Source } from '../yaml/index.ts';

/** Lines and columns, from 1 on. */
interface Extent {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Finds where in a source parts of a resource stand, whose text stands between two offsets of it. */
export class Locator {
  private readonly ruler: Ruler | undefined;

  constructor(
    private readonly source: Source,
    private readonly start: number,
    end: number,
    private readonly text: string,
  ) {
    // A source of bytes counts bytes; each character is one where there are as many of both.
    const isCounted = text.length === end - start || typeof source.piece(0, 0) === 'string';
    if (!isCounted) this.ruler = Ruler.ofText(text);
  }

  extent(node: Node, path: Path, part: Part, spot?: Spot): Extent {
    const extent =
      (spot && extentOfSpot(node, this.text, path, spot)) ?? extentOf(node, this.text, path, part);
    const end = this.position(extent.end);
    return { ...this.position(extent.start), endLine: end.line, endColumn: end.column };
  }

  private position(offset: number) {
    return this.source.position(this.start + (this.ruler?.upTo(offset) ?? offset));
  }
}
