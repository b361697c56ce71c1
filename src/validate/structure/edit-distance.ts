/**
 * How many insertions, deletions, replacements and swaps of neighbors turn one text into the other; more than `limit`
 * where it takes more than that. What is further off the diagonal is never looked at.
 */
export function editDistance(a: string, b: string, limit: number): number {
  const far = limit + 1;
  if (Math.abs(a.length - b.length) > limit) return far;
  let before = new Array<number>(b.length + 2).fill(far);
  let row = before.map((_, j) => Math.min(j, far));
  let next = [...before];
  for (let i = 1; i <= a.length; i++) {
    const first = Math.max(1, i - limit);
    const last = Math.min(b.length, i + limit);
    const own = a.charCodeAt(i - 1);
    const previous = a.charCodeAt(i - 2);
    next[first - 1] = first === 1 ? Math.min(i, far) : far;
    let left = at(next, first - 1);
    let least = left;
    for (let j = first; j <= last; j++) {
      const other = b.charCodeAt(j - 1);
      let cost = at(row, j - 1) + (own === other ? 0 : 1);
      cost = Math.min(cost, at(row, j) + 1, left + 1, far);
      const isSwap = i > 1 && j > 1 && own === b.charCodeAt(j - 2) && previous === other;
      if (isSwap) cost = Math.min(cost, at(before, j - 2) + 1);
      next[j] = cost;
      left = cost;
      if (cost < least) least = cost;
    }
    next[last + 1] = far;
    // Also by a swap: where it would do, a replacement a row before is within the limit, too.
    if (least > limit) return far;
    [before, row, next] = [row, next, before];
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0;
}
