import { writevSync } from 'node:fs';
import type { Piece } from '../list/index.ts';
import { isBusy, pause } from './busy.ts';
import { mayBeClosed } from './may-be-closed.ts';

/** As many pieces go into one call; the kernel takes no more than 1024. */
const BATCH = 512;

/**
 * Writes all pieces to a descriptor before it returns: a process that exits with output still in a stream's buffer cuts
 * it at 64 KiB on a pipe, and kustomize treats the rest as complete.
 */
export function writeAll(descriptor: number, pieces: Iterable<Piece>): void {
  let batch: Uint8Array[] = [];
  for (const piece of pieces) {
    batch.push(typeof piece === 'string' ? Buffer.from(piece) : piece);
    if (batch.length === BATCH) {
      writeBatch(descriptor, batch);
      batch = [];
    }
  }
  if (batch.length > 0) writeBatch(descriptor, batch);
}

/**
 * Writes the result of a process to standard output. If that may have been closed, a note on standard error says so. It
 * is not an error, because programs that want no output pass the same (Python's `DEVNULL`, Node's `stdio: 'ignore'`).
 */
export function writeOutput(pieces: Iterable<Piece>): void {
  writeAll(STDOUT, pieces);
  if (mayBeClosed(STDOUT)) note(LOST);
}

const LOST =
  'standard output is closed, or /dev/null for reading and writing, so the output is lost; to keep it, use >FILE; to silence this note, use >/dev/null';

/** If the note cannot be written, there is nothing else to do. */
function note(text: string): void {
  try {
    writeAll(STDERR, [`note: ${text}\n`]);
  } catch {}
}

const STDOUT = 1;
const STDERR = 2;

function writeBatch(descriptor: number, batch: Uint8Array[]): void {
  let left = batch;
  while (left.length > 0) {
    try {
      left = after(left, writevSync(descriptor, left));
    } catch (error) {
      if (!isBusy(error)) throw error;
      pause();
    }
  }
}

/** The rest of a batch after that many bytes are written: a pipe may take only part of it. */
function after(batch: readonly Uint8Array[], written: number): Uint8Array[] {
  let rest = written;
  let index = 0;
  for (; index < batch.length; index++) {
    const length = batch[index]?.length ?? 0;
    if (rest < length) break;
    rest -= length;
  }
  const [first, ...others] = batch.slice(index);
  return first === undefined ? [] : [first.subarray(rest), ...others];
}
