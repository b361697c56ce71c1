import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse as parseToml, TomlDate, type TomlValue } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import {
  ConfigDate,
  type ConfigProblem,
  type ConfigTable,
  type ConfigValue,
  canonical,
  readConfig,
} from '../../src/config/index.ts';
import { Float } from '../../src/yaml/index.ts';
import { runs } from '../support/runs.ts';

interface Case {
  readonly config: string;
  readonly canonical?: string;
  readonly operator?: 'rejects';
}

const facts: { cases: Case[] } = parseYaml(
  readFileSync(new URL('../../fixtures/conformance/config-canonical.yaml', import.meta.url), 'utf8'),
);

function read(config: string): { table: ConfigTable; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  return { table: readConfig('tikv', config, 'server', (problem) => problems.push(problem)), problems };
}

function rewrite(config: string): string {
  const { table, problems } = read(config);
  expect(problems).toEqual([]);
  return canonical(table);
}

/** Configs by what is in them, each with the text that comes of it. */
type Rows = readonly (readonly [what: string, config: string, text: string])[];

function describeRewritten(title: string, rows: Rows): void {
  describe(title, () => {
    test.each(rows)('%s', (_, config, text) => expect(rewrite(config)).toBe(text));
  });
}

describe('the facts of the operator', () => {
  test('are all here', () => {
    expect(facts.cases.filter((item) => item.canonical !== undefined)).toHaveLength(16);
    expect(facts.cases.filter((item) => item.operator === 'rejects')).toHaveLength(3);
  });

  for (const { config, canonical: text } of facts.cases) {
    if (text !== undefined)
      test(`hold for ${JSON.stringify(config)}`, () => expect(rewrite(config)).toBe(text));
  }
});

describeRewritten('spellings that only TOML 1.0 has come out in one that the operator reads', [
  [
    'hexadecimal and grouped integers',
    'big = 9007199254740993\nneg = -17\nhex = 0xff\nsep = 1_000_000\n',
    'big = 9007199254740993\nhex = 255\nneg = -17\nsep = 1000000\n',
  ],
  ['dotted keys', 'a.b.c = "dotted"\na.b.d = 2\n', '[a]\n  [a.b]\n    c = "dotted"\n    d = 2\n'],
  ['octal and binary integers', 'o = 0o644\nb = 0b101\n', 'b = 5\no = 420\n'],
  ['numbers with a plus', 'i = +1\nf = +1.5\n', 'f = 1.5\ni = 1\n'],
  ['an offset of a time', 'when = 2024-01-02 03:04:05+02:00\n', 'when = 2024-01-02T01:04:05Z\n'],
  ['literal strings over lines', "s = '''\na\\b\n'''\n", 's = "a\\\\b\\n"\n'],
  ['CRLF line ends', 'a = 1\r\n[b]\r\nc = 2\r\n', 'a = 1\n\n[b]\n  c = 2\n'],
]);

describeRewritten('shapes that the facts do not show', [
  [
    'an array of tables in a table: a blank line before each',
    '[a]\nx = 1\n[[a.b]]\ny = 1\n[[a.b]]\n',
    '[a]\n  x = 1\n\n  [[a.b]]\n    y = 1\n\n  [[a.b]]\n',
  ],
  ['an array of inline tables', 'a = [{ y = 2, x = 1 }, {}]\n', '[[a]]\n  x = 1\n  y = 2\n\n[[a]]\n'],
  ['tables and arrays of tables, sorted together', '[c]\n[[b]]\n[a]\n', '[a]\n\n[[b]]\n\n[c]\n'],
  [
    'an empty array is a value, whatever it was to hold',
    '[t]\n[t.sub]\n[u]\nnone = []\n',
    '[t]\n  [t.sub]\n\n[u]\n  none = []\n',
  ],
  ['arrays of arrays of different types', 'a = [[1, 2], ["x"], []]\n', 'a = [[1, 2], ["x"], []]\n'],
  ['control characters', 's = "\\u0000\\u001f\\u007f\\b\\f\\r"\n', 's = "\\u0000\\u001f\\u007f\\b\\f\\r"\n'],
  [
    'line breaks that only some readers of YAML see stay escapes',
    's = "a\\u0085b\\u2028c\\u2029d\\ufeff"\n',
    's = "a\\u0085b\\u2028c\\u2029d\\ufeff"\n',
  ],
  ['text beyond ASCII', 's = "zöne \\U0001F40B"\n"kéy" = 1\n', '"kéy" = 1\ns = "zöne 🐋"\n'],
  [
    'quoted keys in headings',
    '["a b".c."d.e"]\nx = 1\n',
    '["a b"]\n  ["a b".c]\n    ["a b".c."d.e"]\n      x = 1\n',
  ],
  [
    'keys that JavaScript knows',
    '__proto__ = 1\n[constructor]\n__proto__ = 2\n',
    '__proto__ = 1\n\n[constructor]\n  __proto__ = 2\n',
  ],
  ['a negative zero', 'a = -0.0\nb = -0\n', 'a = -0.0\nb = 0\n'],
  [
    'the ends of the integers',
    'a = 9223372036854775807\nb = -9223372036854775808\n',
    'a = 9223372036854775807\nb = -9223372036854775808\n',
  ],
  [
    'the ends of the floats',
    'a = 5e-324\nb = 1.7976931348623157e308\nc = 1.25e-9\nd = 1.5e22\n',
    `a = 0.${'0'.repeat(323)}5\nb = 17976931348623157${'0'.repeat(292)}.0\nc = 0.00000000125\nd = 15000000000000000000000.0\n`,
  ],
]);

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'a.b', "'", '"'),
);
const date = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((time) => new ConfigDate(`${time.toISOString().slice(0, 19)}Z`));
const integer = fc
  .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
  .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));
const float = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => new Float(value));
const smallInteger = fc.integer();

/** Any table, also such as only a program can build: mixed arrays, tables in arrays of arrays. */
const { anyTable, cleanTable } = fc.letrec<{
  anyTable: ConfigTable;
  any: ConfigValue;
  cleanTable: ConfigTable;
  clean: ConfigValue;
}>((tie) => ({
  anyTable: fc.array(fc.tuple(text, tie('any')), { maxLength: 5 }).map((entries) => new Map(entries)),
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.boolean(),
    smallInteger,
    integer,
    float,
    date,
    fc.array(tie('any'), { maxLength: 4 }),
    tie('anyTable'),
  ),
  cleanTable: fc
    .array(
      fc.tuple(
        text.filter((key) => key !== ''),
        tie('clean'),
      ),
      { maxLength: 5 },
    )
    .map((entries) => new Map(entries)),
  clean: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.boolean(),
    smallInteger,
    integer,
    float,
    date,
    fc.array(text, { maxLength: 3 }),
    fc.array(fc.array(float, { maxLength: 2 }), { maxLength: 3 }),
    fc.array(tie('cleanTable'), { maxLength: 3 }),
    tie('cleanTable'),
  ),
}));

/** The values of a config and of another parser's result in one form, so that they can be compared. */
function plain(value: ConfigValue | TomlValue): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, plain(item)]));
  if (value instanceof Float) return ['float', value.value];
  if (value instanceof ConfigDate) return ['date', value.text];
  if (value instanceof TomlDate) return ['date', value.toISOString().replace('.000Z', 'Z')];
  if (typeof value === 'object')
    return new Map(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  return value;
}

/** smol-toml gives integers as bigints and floats as numbers. */
function parsed(source: string): unknown {
  const mark = (value: TomlValue): unknown => {
    if (typeof value === 'number') return ['float', value];
    if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    if (Array.isArray(value)) return value.map(mark);
    if (typeof value !== 'object' || value instanceof TomlDate) return plain(value);
    return new Map(Object.entries(value).map(([key, item]) => [key, mark(item)]));
  };
  return mark(parseToml(source, { integersAsBigInt: true }));
}

describe('for any table', () => {
  test('the text is TOML and holds the same values', () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        expect(parsed(canonical(table))).toEqual(plain(table));
      }),
      { numRuns: runs(2000) },
    );
  });

  test('the text is read back as the same table, and written as the same text', () => {
    fc.assert(
      fc.property(cleanTable, (table) => {
        const written = canonical(table);
        const { table: again, problems } = read(written);
        expect(problems).toEqual([]);
        expect(again).toEqual(table);
        expect(canonical(again)).toBe(written);
      }),
      { numRuns: runs(2000) },
    );
  });

  test('the text does not depend on the order in which keys were written', () => {
    fc.assert(
      fc.property(cleanTable, (table) => {
        expect(canonical(new Map([...table].reverse()))).toBe(canonical(table));
      }),
    );
  });
});
