/**
 * A number that was written as a float (`1.0`, `1e3`). YAML's `1.0` and `1` are different things to TOML and to
 * a typed config, and JavaScript's numbers cannot tell them apart.
 */
export class Float {
  constructor(
    readonly value: number,
    /** Whether it was written with a point: `1.0`, and not `1e0`. */
    readonly hasPoint = true,
  ) {}

  /**
   * As JSON and YAML write it: with a point, without which it is text to readers of YAML 1.1. What had none and is a whole
   * number to Kubernetes is written as one.
   */
  toString(): string {
    const text = Object.is(this.value, -0) ? '-0' : String(this.value);
    if (!this.hasPoint && wholeOf(this) !== undefined) return text;
    return text.replace(/^-?\d+(?=e|$)/, '$&.0');
  }

  toJSON(): number {
    return this.value;
  }
}

/** A float that is an integer of 64 bits to JSON, and so to Kubernetes: `6.0`, `1.44e+06`. Undefined of any other. */
export function wholeOf({ value }: Float): number | bigint | undefined {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  if (!Number.isInteger(value) || Math.abs(value) > 2 ** 63) return undefined;
  // The digits that JSON has: the fewest that give the float again, and zeros.
  const whole = BigInt(String(value));
  return BigInt.asIntN(64, whole) === whole ? whole : undefined;
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
  if (typeof value !== 'object' || value === null) return false;
  // Nearly always it is a plain object; `instanceof` would take longer than all the rest.
  if (Object.getPrototypeOf(value) === Object.prototype) return true;
  return !Array.isArray(value) && !(value instanceof Float);
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
