import { fstatSync, readFileSync } from 'node:fs';

/** The device that takes everything and keeps nothing, as Linux numbers it. */
const NULL_DEVICE = 0x103;
const ACCESS = 3;
const READ_AND_WRITE = 2;

/**
 * Whether a descriptor may have been closed when the process was started: Node then puts /dev/null in its place, for
 * reading and writing. A shell opens that for writing only, but other programs open it in the same way as Node, so the
 * two cannot be told apart. Known on Linux only.
 */
export function mayBeClosed(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isCharacterDevice() || stats.rdev !== NULL_DEVICE) return false;
    const [, flags = '0'] =
      /^flags:\s+([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8')) ?? [];
    return (Number.parseInt(flags, 8) & ACCESS) === READ_AND_WRITE;
  } catch {
    return false;
  }
}
