import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readBlock } from '../src/list/read-block.ts';
import { readDocuments } from '../src/list/read-events.ts';
import { toValue } from '../src/list/to-value.ts';
import { Float, type MapValue, type Value } from '../src/list/value.ts';
import { writeFlow, writeMap } from '../src/list/write.ts';

const tricky = fc.constantFrom(
  ...'on off yes No y n ~ null Null true 0644 0o17 1_000 1:30 190:20:30 2020-01-01 1e3 .5 5. 0x1F 1.0 +1 -1 = << - -- --- ... ? : # a: a:b'.split(
    ' ',
  ),
  '',
  ' ',
  ' a',
  'a ',
  'a: b',
  'a #b',
  '#a',
  "it's",
  '"q"',
  'a\\b',
  '\t',
  'a\tb',
  'a\n',
  '\na',
  '\n',
  ' \n',
  'a\n\n',
  ' a\nb',
  'a \nb',
  '{a}',
  '[a]',
  '&a',
  '*a',
  '!a',
  '|',
  '>',
  '%a',
  '@a',
  '`a',
  '\u0085',
  '\u2028',
  '\ufeff',
  'é',
  '日本',
  '😀',
  '\0',
  '\r\n',
  '1 ',
  '0b1',
  '-.inf',
  '.nan',
  '12e03',
  '2001-12-14t21:59:43.10-05:00',
  '-a',
  '__proto__',
  'constructor',
  '<<',
);
const text = fc.oneof(
  tricky,
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.oneof(tricky, fc.string())).map((lines) => lines.join('\n')),
);
const scalar: fc.Arbitrary<Value> = fc.oneof(
  text,
  text,
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => new Float(value)),
);
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    map(tie('value')),
  ),
}));
function map(item: fc.Arbitrary<Value>): fc.Arbitrary<MapValue> {
  return fc.dictionary(
    text.filter((key) => key !== '<<' && key !== '__proto__'),
    item,
    { maxKeys: 4, noNullPrototype: true },
  );
}

/** The value as the independent parser gives it. */
function plain(item: Value): unknown {
  if (item instanceof Float) return item.value;
  if (Array.isArray(item)) return item.map(plain);
  if (typeof item === 'object' && item !== null)
    return Object.fromEntries(Object.entries(item).map(([key, child]) => [key, plain(child)]));
  return typeof item === 'number' ? item : item;
}

const numbers = (_key: unknown, item: unknown) =>
  typeof item === 'bigint' &&
  item <= BigInt(Number.MAX_SAFE_INTEGER) &&
  item >= -BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(item)
    : item;

describe('what is written', () => {
  test('reads the same in YAML 1.1, YAML 1.2 and both of our readers', () => {
    fc.assert(
      fc.property(map(value), (item) => {
        fc.pre(Object.keys(item).length > 0);
        const yaml = writeMap(item);
        for (const version of ['1.1', '1.2'] as const) {
          expect(parse(yaml, numbers, { version, intAsBigInt: true, merge: false })).toEqual(plain(item));
        }
        const [careful] = readDocuments(yaml);
        expect(careful && toValue(careful)).toEqual(item);
        const quick = readBlock(yaml);
        if (quick !== undefined) expect(toValue(quick)).toEqual(item);
      }),
      { numRuns: 2000 },
    );
  });

  test('reads the same in flow style', () => {
    fc.assert(
      fc.property(map(value), (item) => {
        const [careful] = readDocuments(writeFlow(item));
        expect(careful && toValue(careful)).toEqual(item);
      }),
    );
  });
});
