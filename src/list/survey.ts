import { isUtf8 } from 'node:buffer';
import { holdForeignBreak } from './foreign-breaks.ts';

const NUL = 0;
const CARRIAGE_RETURN = 13;

/**
 * What is known of a stretch of bytes in which many files stand, each behind a line break: to look at them together
 * takes a few steps, to look at each takes as many for every file.
 */
export class Survey {
  /** Whether all of it is UTF-8 without NULs, and with no line breaks but the usual. These cut no character in two. */
  readonly isPlain: boolean;
  /** Where one of the markers stands, in ascending order. */
  private readonly marks: Uint32Array;

  constructor(
    private readonly stretch: Buffer,
    markers: readonly string[],
  ) {
    this.isPlain =
      isUtf8(stretch) &&
      !stretch.includes(NUL) &&
      !stretch.includes(CARRIAGE_RETURN) &&
      !holdForeignBreak(stretch);
    this.marks = Uint32Array.from(markers.flatMap((marker) => occurrences(stretch, marker))).sort();
  }

  /** Whether a part of the stretch holds one of the markers. */
  isMarked(part: Buffer): boolean {
    const start = part.byteOffset - this.stretch.byteOffset;
    let low = 0;
    let high = this.marks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.marks[middle] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return (this.marks[low] ?? Number.POSITIVE_INFINITY) < start + part.length;
  }
}

function occurrences(bytes: Buffer, text: string): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(text, 0, 'latin1'); at >= 0; at = bytes.indexOf(text, at + 1, 'latin1')) {
    found.push(at);
  }
  return found;
}
