import { fstatSync } from 'node:fs';

/** Whether a descriptor is a terminal. What can tell takes 2 ms to load, so it is asked only of what could be one. */
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
