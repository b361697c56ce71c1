import fc from 'fast-check';

const KEYS = 'a b c a-b 1 é "q r" "a.b" "" "x\\"y" "\\u00e9" \'l\' \'\\\'';
const key = fc.constantFrom(...(KEYS.match(/"(?:[^"\\]|\\.)*"|'[^']*'|\S+/g) ?? []), '"""m"""');

/** Numbers and times of TOML 0.4, of later versions, and of no version. */
const number = fc.constantFrom(
  ...`0 1 -17 +5 -0 007 1_000 1__0 _1 1_ 0x1F 0o7 0b1 9223372036854775807 9223372036854775808 -9223372036854775808
  1.0 -0.0 1. .5 1e5 1E+5 1e-7 1.5e3 6.02e23 1e400 1e21 0.1 1_0.5 1._5 1e+_5 1e5_0 00.5 inf nan +inf 1-2 1.2.3
  2024-01-02T03:04:05Z 2024-01-02T03:04:05+01:00 2024-01-02 2024-01-02T03:04:05.5Z 2024-01-02t03:04:05z
  2024-02-30T03:04:05Z 2024-01-02T3:04:05Z 07:32:00 2024-01-02T24:00:00Z`.split(/\s+/),
  '2024-01-02 03:04:05Z',
);

const string = fc.constantFrom(
  '"x"',
  '"a\\tb"',
  '"a\\eb"',
  '"a\\x41"',
  '"\\u0041"',
  '"\\ud800"',
  '"\\U0001F600"',
  '"\\U00110000"',
  "'C:\\path'",
  '"""m\nl"""',
  '"""\nfirst"""',
  '"""\r\nfirst"""',
  "'''\nfirst'''",
  "'''\r\nfirst'''",
  '"""a\\\n   b"""',
  '"""a\\  \n b"""',
  '"""a\\\r\n b"""',
  '"""a\\\\\nb"""',
  '"""a\\\\\nx"""',
  '""""q"""',
  '"""q""""',
  '""',
  '""""""',
  "''''''",
  '"un',
  '"a\nb"',
  "'a\nb'",
  '"tab\t"',
  '"\u007f"',
  '"""a""b"""',
  '"""\\u00e9\\\n\n\n  x"""',
);

const word = fc.constantFrom('true', 'false', 'True', 'yes', 'truex', '');

const value: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, number, string, word, listOf(tie('value')), tableOf(tie('value'))),
})).value;

function listOf(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(item, { maxLength: 3 }),
      fc.constantFrom(', ', ' ,\n', ',# c\n'),
      fc.constantFrom('', ',', '\n', ' # x\n'),
    )
    .map(([items, between, end]) => `[${items.join(between)}${end}]`);
}

function tableOf(inner: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const entry = fc.tuple(key, inner).map(([name, of]) => `${name} = ${of}`);
  return fc
    .tuple(
      fc.array(entry, { maxLength: 3 }),
      fc.constantFrom(', ', ',', ',\n'),
      fc.constantFrom('', ',', '\n', '# x'),
    )
    .map(([entries, between, end]) => `{${entries.join(between)}${end}}`);
}

const path = fc
  .tuple(fc.array(key, { minLength: 1, maxLength: 3 }), fc.constantFrom('.', ' . ', '..'))
  .map(([keys, dot]) => keys.join(dot));

const line = fc.oneof(
  fc
    .tuple(
      key,
      fc.constantFrom(' = ', '=', ' =\t', ' : ', '= \n'),
      value,
      fc.constantFrom('', ' # c', ' x', '\r'),
    )
    .map((parts) => parts.join('')),
  fc.tuple(path, value).map(([name, of]) => `${name} = ${of}`),
  fc
    .tuple(fc.constantFrom('[', ' [', '[ '), path, fc.constantFrom(']', ' ]', '] # c'))
    .map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom('[[', '[ ['), path, fc.constantFrom(']]', '] ]', ']]# c'))
    .map((parts) => parts.join('')),
  fc.constantFrom('', '# comment', '  ', '\t# x', '[]', '[[]]', '=', 'a', '[a'),
);

const document = fc
  .tuple(fc.array(line, { maxLength: 6 }), fc.constantFrom('\n', '\r\n'))
  .map(([lines, end]) => lines.join(end));

/** Replaces one character with another. */
const slip = fc.tuple(fc.nat(), fc.constantFrom('', ...'"\'\\\n\r[]{}.=,#_-0 eT'));

/** Text that is TOML of some version, or nearly. */
export const anyToml: fc.Arbitrary<string> = fc
  .tuple(document, fc.array(slip, { maxLength: 2 }))
  .map(([text, slips]) => slips.reduce(slipped, text));

function slipped(text: string, [place, character]: readonly [number, string]): string {
  const index = text.length === 0 ? 0 : place % text.length;
  return text.slice(0, index) + character + text.slice(index + 1);
}
