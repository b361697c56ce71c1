/** The first item of each key. */
export function firstBy<T, Key>(items: Iterable<T>, keyOf: (item: T) => Key): Map<Key, T> {
  const found = new Map<Key, T>();
  for (const item of items) {
    const key = keyOf(item);
    if (!found.has(key)) found.set(key, item);
  }
  return found;
}

/** All items of each key. An item may have several, and is there once for each. */
export function allBy<T, Key>(items: Iterable<T>, keysOf: (item: T) => Iterable<Key>): Map<Key, T[]> {
  const found = new Map<Key, T[]>();
  for (const item of items) {
    for (const key of new Set(keysOf(item))) {
      const its = found.get(key);
      if (its === undefined) found.set(key, [item]);
      else its.push(item);
    }
  }
  return found;
}
