import type { Duration } from '../api/index.ts';

const SECONDS: ReadonlyMap<string, number> = new Map([
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
  ['ms', 1e-3],
  ['us', 1e-6],
  ['µs', 1e-6],
  ['μs', 1e-6],
  ['ns', 1e-9],
]);

/**
 * The whole seconds of a duration as TiKV and Go write it, rounded up: `1m30s` is 90. Undefined where the text is none.
 * TiKV knows days too, and takes no sign.
 */
export function secondsOf(text: string): number | undefined {
  if (text === '0') return 0;
  const part = /(\d+(?:\.\d*)?|\.\d+)(d|h|ms|m|s|us|µs|μs|ns)/y;
  let seconds = 0;
  while (part.lastIndex < text.length || text === '') {
    const [whole, number = '', unit = ''] = part.exec(text) ?? [];
    if (whole === undefined) return undefined;
    seconds += Number(number) * (SECONDS.get(unit) ?? 0);
  }
  // What floats add in is no time.
  return Math.max(0, Math.ceil(seconds - 1e-9));
}

/** The same of what is a `Duration`, which may have a plus sign. */
export function secondsOfDuration(duration: Duration): number | undefined {
  return secondsOf(duration.replace(/^\+/, ''));
}
