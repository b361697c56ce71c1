/** The known name that was probably meant, or undefined where none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > 100) return undefined;
  const wanted = normal(name);
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = difference(wanted, normal(candidate));
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Whether one name is the other but for a slip of the fingers, so that nobody can have meant a third. */
export function isTypo(name: string, known: string): boolean {
  const limit = Math.min(2, Math.max(1, Math.floor(known.length / 4)));
  return editDistance(normal(name), normal(known)) <= limit;
}

/** `storage_class-name` and `StorageClassName` are one name to people. */
function normal(name: string): string {
  return name.toLowerCase().replaceAll(/[-_. ]/g, '');
}

/** How far apart two names are; infinite where nobody would take one for the other. */
function difference(a: string, b: string): number {
  const limit = Math.max(1, Math.floor(Math.min(a.length, b.length) / 3));
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY;
  const distance = editDistance(a, b);
  return distance <= limit ? distance : Number.POSITIVE_INFINITY;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, at(before, j - 2) + 1);
      next.push(cost);
    }
    [before, row] = [row, next];
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0;
}
