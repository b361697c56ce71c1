/**
 * Endless choices made from a few numbers. A zero chooses the first, plainest option, so that a failing example shrinks
 * towards what people write.
 */
export class Choices {
  private taken = 0;

  constructor(private readonly numbers: readonly number[]) {}

  /** A number from 0 to `count` - 1. */
  below(count: number): number {
    const { length } = this.numbers;
    const number = length === 0 ? 0 : (this.numbers[this.taken % length] ?? 0);
    const round = length === 0 ? 0 : Math.floor(this.taken / length);
    this.taken++;
    return number === 0 ? 0 : (Math.imul(number + round * 7919, 2654435761) >>> 8) % count;
  }

  oneOf<T>(first: T, ...others: readonly T[]): T {
    return others[this.below(others.length + 1) - 1] ?? first;
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === times - 1;
  }
}
