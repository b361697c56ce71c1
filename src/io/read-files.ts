import { closeSync, constants, openSync } from 'node:fs';
import { type ByteStore, byteStore } from '../list/index.ts';
import { readAll } from './read.ts';
import { checkPlace, isDescriptor } from './where.ts';

/** Reads many files into one place: a buffer for each would cost more than its reading. */
export class FileReader {
  private readonly store: ByteStore = byteStore();

  /** Where all that has been read stands together, a line break behind each file; undefined if it does not. */
  stretch(): Buffer | undefined {
    return this.store.stretch();
  }

  /**
   * The bytes of a file; they stay as they are when others are read. Throws if it cannot be read, or if a link has
   * appeared in its path since it was located.
   */
  read(real: string): Buffer {
    const descriptor = openSync(real, isDescriptor(real) ? 'r' : constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      if (!isDescriptor(real)) checkPlace(descriptor, real);
      return readAll(descriptor, this.store);
    } finally {
      closeSync(descriptor);
    }
  }
}
