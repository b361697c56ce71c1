/**
 * A number that was written as a float (`1.0`, `1e3`). YAML's `1.0` and `1` are different things to TOML and to
 * a typed config, and JavaScript's numbers cannot tell them apart.
 */
export class Float {
  constructor(readonly value: number) {}

  /** As JSON and YAML write it; always with a point, without which it is an integer, or to readers of YAML 1.1 text. */
  toString(): string {
    const text = Object.is(this.value, -0) ? '-0' : String(this.value);
    return text.replace(/^-?\d+(?=e|$)/, '$&.0');
  }

  toJSON(): number {
    return this.value;
  }
}

/** What a YAML node means to Kubernetes. Integers beyond 2^53 are bigints, floats are {@link Float}s. */
export type Value = null | boolean | string | number | bigint | Float | Value[] | { [key: string]: Value };

export type MapValue = { [key: string]: Value };

/** Sets a key that may be `__proto__`, which plain assignment would take for the prototype. */
export function setOwn(map: { [key: string]: Value }, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  } else map[key] = value;
}

export function isMap(value: unknown): value is MapValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Float);
}

/** Whether two values mean the same; the order of keys does not count. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => sameValue(item, b[index]));
  }
  if (!isMap(a) || !isMap(b)) return String(a) === String(b) && typeof a === typeof b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
  );
}
