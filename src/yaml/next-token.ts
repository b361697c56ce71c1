/** Offset of the next `wanted` character from one on, past white space, comments and separators. */
export function nextToken(source: string, from: number, wanted: string): number {
  let at = from;
  for (; at < source.length && source[at] !== wanted; at++) {
    if (source[at] === '#') at = lineEnd(source, at);
  }
  return at;
}

/**
 * The offset behind an indicator that stands by itself, if it is what comes next; else the one given. A value that is
 * empty begins there.
 */
export function behindIndicator(source: string, from: number, indicator: string): number {
  let at = from;
  for (; /^[\s#]$/.test(source.charAt(at)); at++) {
    if (source[at] === '#') at = lineEnd(source, at);
  }
  return source[at] === indicator && /^\s?$/.test(source.charAt(at + 1)) ? at + 1 : from;
}

function lineEnd(source: string, from: number): number {
  const eol = source.indexOf('\n', from);
  return eol < 0 ? source.length : eol;
}
