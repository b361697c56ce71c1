import { Float, type Value } from '../yaml/index.ts';
import type { IntegerType, KeyType } from './known-keys.ts';
import { reportInfinite, reportRange, reportType } from './map-problems.ts';
import { asStored } from './number.ts';
import type { ConfigPath, ReportConfig } from './report.ts';
import type { ConfigValue } from './table.ts';

/** Integers by their type. What takes more than 63 bits TOML has no spelling for, even where the type has room. */
const RANGES: { readonly [type in IntegerType]: readonly [least: bigint, most: bigint] } = {
  int: [-(2n ** 63n), 2n ** 63n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint: [0n, 2n ** 63n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  uint64: [0n, 2n ** 63n - 1n],
};

/** A value under a key of that type; undefined, and a problem, where it is of another. */
export function readScalar(
  type: KeyType,
  value: Exclude<Value, null>,
  path: ConfigPath,
  report: ReportConfig,
): ConfigValue | undefined {
  if (type === 'string' || type === 'bool') {
    const wanted = type === 'bool' ? 'boolean' : type;
    if ((typeof value === 'string' || typeof value === 'boolean') && typeof value === wanted) return value;
    return reportType(type, value, path, report);
  }
  if (
    type === 'table' ||
    !(typeof value === 'number' || typeof value === 'bigint' || value instanceof Float)
  ) {
    return reportType(type, value, path, report);
  }
  const stored = asStored(value);
  if (reportInfinite(stored, path, report)) return undefined;
  if (type === 'float64') return stored instanceof Float ? stored : new Float(Number(stored));
  if (stored instanceof Float && Number.isInteger(stored.value))
    return reportRange(type, value, path, report);
  if (stored instanceof Float) return reportType(type, value, path, report);
  const [least, most] = RANGES[type];
  return stored < least || stored > most ? reportRange(type, value, path, report) : stored;
}
