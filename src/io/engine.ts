import { setFlagsFromString } from 'node:v8';

/** A list below this is done before compiled code would have paid for its compiling. */
const SMALL = 256 * 1024;

/**
 * Lets V8 interpret where the work is small: its optimising compiler would take a fifth of a short run, on another
 * core or, in a container that has but one, on ours.
 */
export function expectInput(size: number): void {
  if (size < SMALL) setFlagsFromString('--no-opt');
}
