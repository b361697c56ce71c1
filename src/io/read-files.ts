import { closeSync, constants, openSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type ByteStore, byteStore } from '../list/index.ts';
import { readAll } from './read.ts';
import { checkPlace, isDescriptor } from './where.ts';

/** Reads many files into one place: a buffer for each would cost more than its reading. */
export class FileReader {
  private readonly store: ByteStore = byteStore();

  /** The directory of the last file, and its descriptor where it is known to be at its path. */
  private directory = '';
  private descriptor: number | undefined;

  /**
   * Where all that has been read stands together, a line break behind each file; undefined if it does not. No directory
   * is kept open any more.
   */
  stretch(): Buffer | undefined {
    this.leave('');
    return this.store.stretch();
  }

  /**
   * The bytes of a file; they stay as they are when others are read. Throws if it cannot be read, or if a link has
   * appeared in its path since it was located.
   */
  read(real: string): Buffer {
    const descriptor = this.open(real);
    try {
      return readAll(descriptor, this.store);
    } finally {
      closeSync(descriptor);
    }
  }

  private open(real: string): number {
    if (isDescriptor(real)) return openSync(real, 'r');
    return this.openWithin(real) ?? openPlace(real, NO_LINK);
  }

  /** From the second file of a directory on, it is the directory that is looked at, once. Needs Linux's `/proc`. */
  private openWithin(real: string): number | undefined {
    const directory = dirname(real);
    if (directory !== this.directory) {
      this.leave(directory);
      return undefined;
    }
    try {
      this.descriptor ??= openPlace(directory, NO_LINK | constants.O_DIRECTORY);
      return openSync(`/proc/self/fd/${this.descriptor}/${basename(real)}`, NO_LINK);
    } catch {
      // By its path it fails for the same reason, or does not.
      return undefined;
    }
  }

  private leave(directory: string): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
    this.directory = directory;
  }
}

const NO_LINK = constants.O_RDONLY | constants.O_NOFOLLOW;

/** A file or a directory, which is open only where it is at its path. */
function openPlace(real: string, flags: number): number {
  const descriptor = openSync(real, flags);
  try {
    checkPlace(descriptor, real);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}
