import { readSync } from 'node:fs';
import { type ByteStore, byteStore } from '../list/index.ts';
import { isBusy, pause } from './busy.ts';

/** The space to request at once; a pipe returns up to 64 KiB at a time, a file as much as fits. */
const LEAST = 64 * 1024;

/** Reads a descriptor to its end. */
export function readAll(descriptor: number, store: ByteStore = byteStore()): Buffer {
  for (;;) {
    const count = readSome(descriptor, spaceIn(store));
    if (count === 0) return store.finish();
    store.filled(count);
  }
}

function spaceIn(store: ByteStore): Buffer {
  try {
    return store.space(LEAST);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Error('the input must be smaller than 2 GiB; render fewer resources at once');
  }
}

function readSome(descriptor: number, buffer: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer, 0, buffer.length, null);
    } catch (error) {
      if (isEndOfFile(error)) return 0;
      if (!isBusy(error)) throw error;
      pause();
    }
  }
}

/** Windows reports this for a closed pipe. */
function isEndOfFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EOF';
}
