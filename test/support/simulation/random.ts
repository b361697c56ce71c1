/** Pseudorandom numbers from a seed (mulberry32), so that a history can be repeated. */
export class Chance {
  constructor(private state: number) {}

  /** A whole number between two, both included. */
  between(least: number, most: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const part = ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    return least + Math.floor(part * (most - least + 1));
  }
}
