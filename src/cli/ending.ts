import { reasonOf } from './misuse.ts';

/** The last message of a process that cannot continue, on one line. */
export function endingOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('syscall' in error && 'code' in error) {
    const what = OUTPUT.test(`${error.syscall}`)
      ? 'output must be writable'
      : 'standard input must be readable';
    return `${what}, but ${reasonOf(error)}`;
  }
  if (error instanceof RangeError) {
    return /call stack/.test(error.message)
      ? 'something in the input is nested too deeply; make it flatter'
      : 'there is not enough memory for this input; render fewer resources at once, or allow more memory';
  }
  // Our own errors have messages for people; all others are bugs.
  if (error.constructor === Error) return error.message;
  const [, where = ''] = /\n {4}at ([^\n]*)/.exec(error.stack ?? '') ?? [];
  return `this is a bug in tidb-groups: ${error.name}: ${error.message} (${where}); please report it with your input`;
}

const OUTPUT = /^(?:p?writev?|ftruncate|fsync)$/;
