import { describe, expect, it } from 'vitest';
import { canonicalQuantity, storedAmount, wholeUnits } from '../../src/api/quantity.ts';
import { Float } from '../../src/yaml/index.ts';

/** Written, and as Kubernetes (apimachinery v0.29) writes it back. */
const FACTS: readonly [written: string | number | bigint | Float, canonical: string][] = [
  ['0', '0'],
  ['0Ki', '0'],
  ['100Gi', '100Gi'],
  ['0.5Gi', '512Mi'],
  ['1.5Gi', '1536Mi'],
  ['1024Mi', '1Gi'],
  ['1023Mi', '1023Mi'],
  ['1024', '1024'],
  ['512Ki', '512Ki'],
  ['1023', '1023'],
  ['0.0001Ki', '102400u'],
  ['1.0001Ki', '1024102400u'],
  ['1', '1'],
  ['+1', '+1'],
  ['-0.5Gi', '-512Mi'],
  ['1000m', '1'],
  ['1500m', '1500m'],
  ['1.5', '1500m'],
  ['0.5', '500m'],
  ['.5', '500m'],
  ['2.', '2.'],
  ['0.100', '100m'],
  ['1000', '1k'],
  ['1000k', '1M'],
  ['1500k', '1500k'],
  ['1.234G', '1.234G'],
  ['1.2G', '1200M'],
  ['123456', '123456'],
  ['1e3', '1e3'],
  ['1E3', '1E3'],
  ['12e2', '1200'],
  ['100e6', '100e6'],
  ['1000e6', '1e9'],
  ['1e-3', '1e-3'],
  ['1n', '1n'],
  ['0.1n', '1n'],
  ['1.0000000001', '1000000001n'],
  [2, '2'],
  [2000n, '2k'],
  [new Float(0.5), '500m'],
  [new Float(100e6), '100M'],
  [new Float(2), '2'],
];

describe('a quantity is written as Kubernetes writes it', () => {
  it.each(FACTS)('%s is %s', (written, canonical) => {
    expect(canonicalQuantity(written)).toBe(canonical);
  });

  it.each(FACTS)('what %s becomes is not changed again', (written) => {
    const once = canonicalQuantity(written);
    expect(canonicalQuantity(once)).toBe(once);
  });

  it.each(['', 'abc', '1KB', '1 Gi', '1..2', '1Gb', '0x10', '1e', '--1', '.', 'Gi'])(
    '"%s" is no quantity and is left alone',
    (text) => {
      expect(canonicalQuantity(text)).toBe(text);
      expect(wholeUnits(text)).toBeUndefined();
    },
  );
});

it.each([
  ['1Ki', 1024n],
  ['1.5Ki', 1536n],
  ['1500m', undefined],
  ['2000m', 2n],
  ['1e3', 1000n],
  [7, 7n],
])('%s in whole units is %s', (written, units) => {
  expect(wholeUnits(written)).toBe(units);
});

/** Amounts as the API server stores them, which rounds them up to thousandths. */
const STORED: readonly [written: string, stored: string][] = [
  ['0', '0'],
  ['1000m', '1'],
  ['0.5Gi', '512Mi'],
  ['1.234G', '1.234G'],
  ['1n', '1m'],
  ['100u', '1m'],
  ['1000001u', '1001m'],
  ['1.0000000001', '1001m'],
  ['0.0001Ki', '103m'],
  ['1e-6', '1e-3'],
  ['none', 'none'],
];

describe('an amount of a resource', () => {
  it.each(STORED)('%s is stored as %s', (written, stored) => {
    expect(storedAmount(written)).toBe(stored);
  });
});
