import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PATTERNS } from '../../src/api/patterns.ts';
import { CODES } from '../../src/problem/index.ts';
import { compilePattern } from '../../src/validate/schemas/pattern.ts';
import { FORMATS } from '../../src/validate/structure/formats.ts';
import { runs } from '../support/runs.ts';

/** Where a part of the text has a limit of its own, which a pattern cannot say. */
const WITH_LIMITED_PART = /^(?:label-key|qualified-name|dns-search|image)$/;

const PIECES = [
  ...[
    'a',
    'b',
    'Z',
    '0',
    '9',
    '5',
    '25',
    '128',
    '255',
    '256',
    'f',
    'ffff',
    'x',
    'h',
    'ms',
    'µs',
    'Gi',
    'm',
    'e3',
    'k',
  ],
  ...[
    '-',
    '--',
    '.',
    '..',
    '/',
    '//',
    ':',
    '::',
    '_',
    '__',
    '@',
    ' ',
    ',',
    '=',
    '[',
    ']',
    '+',
    '\n',
    'ä',
    '*',
    '$',
  ],
  ...[
    '1.2.3.4',
    'None',
    'sha256:',
    'iqn.2001-04.com.example',
    'eui.',
    'naa.',
    '0123456789abcdef',
    'example.com',
  ],
];

const texts = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }).map((pieces) => pieces.join('')),
  fc
    .constantFrom('a', '1.2.3.4', 'f', '0123456789abcdef')
    .chain((piece) =>
      fc
        .tuple(fc.integer({ min: 0, max: 130 }), fc.constantFrom('', '/', ':', '-', '.'))
        .map(([count, between]) => Array.from({ length: count }, () => piece).join(between)),
    ),
);

test('every format that is an error has a pattern', () => {
  const errors = Object.entries(FORMATS).filter(([, { code }]) => CODES[code] === 'error');
  // Keys of maps are of these alone, and a CustomResourceDefinition has no pattern for keys.
  const names = errors.map(([name]) => name).filter((name) => name !== 'annotation-key');
  expect(Object.keys(PATTERNS).sort()).toEqual(names.sort());
});

describe.each(Object.entries(PATTERNS))('the pattern of %s', (name, { pattern, maxLength }) => {
  const format = FORMATS[name];
  const compiled = compilePattern(pattern);
  const takes = (text: string) =>
    (maxLength === undefined || [...text].length <= maxLength) && compiled.test(text);

  test('takes what validation takes, and nothing else', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const isRight = text === '' || format?.matches(text) === true;
        if (isRight || !WITH_LIMITED_PART.test(name))
          expect({ text, takes: takes(text) }).toEqual({ text, takes: isRight });
      }),
      { numRuns: runs(5000) },
    );
  });

  test('takes what it has made', () => {
    // JavaScript and RE2 read these patterns alike, but for texts that no pattern makes.
    fc.assert(
      fc.property(fc.stringMatching(new RegExp(pattern)), (text) => {
        if (
          text === '' ||
          (maxLength !== undefined && text.length > maxLength) ||
          WITH_LIMITED_PART.test(name)
        )
          return;
        expect({ text, matches: format?.matches(text) }).toEqual({ text, matches: true });
      }),
      { numRuns: 300 },
    );
  });
});
