/** What the careful way keeps of each line, entry of a flow list or map, and character, in bytes: events, nodes, values. */
const PER_LINE = 450;
const PER_CHARACTER = 3;

let most = Number.POSITIVE_INFINITY;

/** Says how many bytes the careful way may take. Whoever does not say has enough. */
export function allowMemory(bytes: number): void {
  most = bytes;
}

/** Throws if the careful way would take more: V8 ends the process without a useful message when it is used up. */
export function checkMemory(text: string): void {
  if (text.length * (PER_LINE + PER_CHARACTER) <= most) return;
  if (text.length * PER_CHARACTER + countOf(text) * PER_LINE > most) {
    throw new RangeError('not enough memory for this input, because it is not in plain block style');
  }
}

function countOf(text: string): number {
  let count = 0;
  for (const separator of ['\n', ',']) {
    for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) count++;
  }
  return count;
}
