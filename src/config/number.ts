import { Float, wholeOf } from '../yaml/index.ts';

/**
 * A number as Kubernetes stores it, and hands it to the operator. It stores JSON, where `6.0` and `6e0` are `6`, and keeps
 * no more of an integer beyond 64 bits than a float does.
 */
export function asStored(value: number | bigint | Float): number | bigint | Float {
  if (value instanceof Float) return wholeOf(value) ?? value;
  return typeof value === 'bigint' && BigInt.asIntN(64, value) !== value ? new Float(Number(value)) : value;
}
