import fc from 'fast-check';
import { Float, type MapValue, type Value, wholeOf } from '../../src/yaml/index.ts';

/** Text that some YAML reader misreads if it is not quoted, or that it folds, drops or refuses. */
const TRICKY = [
  ...'on off yes No y n ~ null Null true 0644 0o17 1_000 1:30 190:20:30 2020-01-01 1e3 .5 5. 0x1F 1.0 +1 -1 = << - -- --- ... ? : # a: a:b'.split(
    ' ',
  ),
  ...[
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
  ],
  ...[
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
  ],
  ...[
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
  ],
  ...[
    '-a',
    '__proto__',
    'constructor',
    'two words',
    'a\nb\n',
    '  a\n b\n\nc',
    'a\n\tb',
    '\ta\nb',
    'x\n--- y\n...\nz',
  ],
];

export const tricky = fc.constantFrom(...TRICKY);

export const anyText = fc.oneof(
  tricky,
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom('one', 'two', 'three', 'kind', "it's", '(a)')).map((words) => words.join(' ')),
  fc.array(fc.oneof(tricky, fc.string())).map((lines) => lines.join('\n')),
);

export const anyScalar: fc.Arbitrary<Value> = fc.oneof(
  anyText,
  anyText,
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
  // A float that is a whole number is read as an integer; other tests cover that.
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => new Float(value))
    .filter((float) => wholeOf(float) === undefined),
);

/** The independent parser drops the key `__proto__`; other tests cover it. */
const anyKey = anyText.filter((key) => key !== '<<' && key !== '__proto__');

export const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    anyScalar,
    fc.array(tie('value'), { maxLength: 4 }),
    mapOf(tie('value')),
  ),
}));

function mapOf(item: fc.Arbitrary<Value>): fc.Arbitrary<MapValue> {
  return fc.dictionary(anyKey, item, { maxKeys: 4, noNullPrototype: true });
}

export const anyMap = mapOf(anyValue);

/** The value as the independent parser gives it. */
export function asPlain(value: Value): unknown {
  if (value instanceof Float) return value.value;
  if (Array.isArray(value)) return value.map(asPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, asPlain(child)]));
}

/** For parsers that give bigints: a bigint that a JavaScript number can hold becomes a number. */
export function asNumber(_key: unknown, value: unknown): unknown {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
