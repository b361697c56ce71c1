/** Replaces the characters from `start` up to `end`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Added lines end as the lines of the text do. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = '';
  let at = 0;
  const windows = text.includes('\r\n');
  for (const splice of [...splices].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, splice.start);
    result += windows ? splice.text.replaceAll('\n', '\r\n') : splice.text;
    at = splice.end;
  }
  return result + text.slice(at);
}
