import { fstatSync } from 'node:fs';

/**
 * Whether a descriptor is a terminal. The module that can tell takes 2 ms to load, so it is used only for descriptors
 * that could be one.
 */
export async function isTerminal(descriptor: number): Promise<boolean> {
  if (!couldBeTerminal(descriptor)) return false;
  const { isatty } = await import('node:tty');
  return isatty(descriptor);
}

function couldBeTerminal(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // It is closed.
    return false;
  }
}
