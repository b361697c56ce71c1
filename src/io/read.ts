import { readSync } from 'node:fs';
import { isBusy, pause } from './busy.ts';

const MIB = 1024 * 1024;
/**
 * How large the buffer gets at each step. What has not been written to is address space and takes no memory; each
 * step leaves a copy behind, so there are few. The first two together stay below 64 MiB, from where on V8 collects
 * garbage at once, and finds none. (A resizable ArrayBuffer would leave no copy, but V8 reads it at half the speed.)
 */
const STEPS = [MIB, 32 * MIB, 512 * MIB, 2047 * MIB];

/** Reads a descriptor to its end. */
export function readAll(descriptor: number): Buffer {
  let buffer = Buffer.alloc(0);
  let length = 0;
  for (const step of STEPS) {
    const larger = Buffer.allocUnsafeSlow(step);
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
    while (length < buffer.length) {
      const count = readSome(descriptor, buffer, length);
      if (count === 0) return buffer.subarray(0, length);
      length += count;
    }
  }
  throw new Error('the input must be smaller than 2 GiB; render fewer resources at once');
}

function readSome(descriptor: number, buffer: Buffer, from: number): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer, from, buffer.length - from, null);
    } catch (error) {
      if (isEndOfFile(error)) return 0;
      if (!isBusy(error)) throw error;
      pause();
    }
  }
}

/** Windows says so of a pipe that was closed. */
function isEndOfFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EOF';
}
