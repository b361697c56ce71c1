import fc from 'fast-check';

/** Characters that are special to a YAML reader, or invisible. */
const CHARACTERS = [
  ...'\u2028\u2029\u0085\ufeff\t\r\n \u00a0\u3000\u2003\u1680\u202f\u200b\u200d\u00ad\u061c\u202e\u2066\u2060\u180e\u3164\u2800',
  ...'\u0000\u0001\u0007\u0008\u000b\u000c\u001b\u001f\u007f\u0080\u009b\u009f\ufffe\uffff\ufdd0\ufffd\ufff9\ufe0f\ufe00',
  ...['\u{1fffe}', '\u{10ffff}', '\u{e0041}', '\u{1f600}', '\ud800', '\udc00'],
  ...':#-?&*!|>%@`\'"\\{}[],=~<.+_0189eExXoObBaAnNyY/',
];

/** Parts of texts that some reader reads as a structure, a comment or another type. */
const PARTS = [
  ...[
    ': ',
    ' #',
    '- ',
    '? ',
    '---',
    '...',
    '\n---\n',
    '\u2028---\u2028',
    '\u2028kind: Secret',
    '\u0085- a: b',
    '\n\n',
    '  ',
  ],
  ...[
    '<<',
    'null',
    'true',
    'no',
    '0x1F',
    '0o17',
    '1_000',
    '1e3',
    '.5',
    '.inf',
    '.nan',
    '190:20:30',
    '2001-12-14',
    '\r\n',
  ],
  ...[
    '&a',
    '*a',
    '!!str',
    '|-',
    '>+',
    '%YAML',
    '\\u2028',
    '\\',
    '__proto__',
    'kind',
    'a',
    'b c',
    'é',
    '日本語',
  ],
];

const part = fc.oneof(fc.constantFrom(...CHARACTERS), fc.constantFrom(...PARTS));

/** Texts that are easily misread. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.constantFrom(...'0189._-+:eExXoObBafFinNyYtT,~ '), { maxLength: 6 })
      .map((parts) => parts.join('')),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.array(part, { maxLength: 3 }), { maxLength: 4 })
      .map((lines) => lines.map((line) => line.join('')).join('\n')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat({ max: 30 }), part).map(([more, end]) => `${'x'.repeat(1000 + more)}${end}`),
  },
);

/** The same without lone surrogates, which UTF-8 cannot encode. */
export const hostileUtf8 = hostileText.map((text) => text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
