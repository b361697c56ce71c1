import { closeSync, openSync } from 'node:fs';
import { type ByteStore, byteStore } from '../list/index.ts';
import { readAll } from './read.ts';

/** Reads many files into one place: a buffer for each would cost more than its reading. */
export class FileReader {
  private readonly store: ByteStore = byteStore();

  /** Where all that has been read stands together, a line break behind each file; undefined where it does not. */
  stretch(): Buffer | undefined {
    return this.store.stretch();
  }

  /** The bytes of a file; they stay as they are when others are read. Throws where it cannot be read. */
  read(path: string): Buffer {
    const descriptor = openSync(path, 'r');
    try {
      return readAll(descriptor, this.store);
    } finally {
      closeSync(descriptor);
    }
  }
}
