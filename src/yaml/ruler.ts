const STEP = 1024;

/**
 * Tells how long the beginning of something is in another unit: the characters of bytes, or the bytes of characters. It
 * walks over all of it once, when it is first asked, so that whoever has thousands of problems in a line may ask for each.
 */
export class Ruler {
  private marks: number[] | undefined;

  constructor(
    private readonly length: number,
    private readonly lengthAt: (index: number) => number,
  ) {}

  /** UTF-16 code units of bytes in UTF-8. */
  static ofBytes(bytes: Uint8Array): Ruler {
    return new Ruler(bytes.length, (index) => unitsOf(bytes[index] ?? 0));
  }

  /** Bytes in UTF-8 of a text. */
  static ofText(text: string): Ruler {
    return new Ruler(text.length, (index) => bytesOf(text.charCodeAt(index)));
  }

  upTo(end: number): number {
    this.marks ??= this.walk();
    const mark = Math.floor(end / STEP);
    return (this.marks[mark] ?? 0) + this.sum(mark * STEP, end);
  }

  private walk(): number[] {
    const marks = [0];
    for (let at = 0; at + STEP <= this.length; at += STEP) {
      marks.push((marks.at(-1) ?? 0) + this.sum(at, at + STEP));
    }
    return marks;
  }

  private sum(start: number, end: number): number {
    let sum = 0;
    for (let index = start; index < end; index++) sum += this.lengthAt(index);
    return sum;
  }
}

/** A character counts at its first byte, and twice where it takes two code units. */
function unitsOf(byte: number): number {
  if ((byte & 0xc0) === 0x80) return 0;
  return byte >= 0xf0 ? 2 : 1;
}

/** Of the four bytes of a pair each half has two. */
function bytesOf(unit: number): number {
  if (unit < 0x80) return 1;
  return unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
}
