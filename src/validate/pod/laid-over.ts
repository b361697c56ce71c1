import { isMap } from '../../yaml/index.ts';

/** One map over another, at every depth, as a strategic merge patch does with maps. Lists are replaced. */
export function laidOver<T extends object>(below: T, above: T): T {
  const result = new Map<string, unknown>(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const before = result.get(key);
    if (value === null || value === undefined) continue;
    result.set(key, isMap(before) && isMap(value) ? laidOver(before, value) : value);
  }
  return Object.fromEntries(result) as T;
}
