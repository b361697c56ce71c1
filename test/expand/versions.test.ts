import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readVersion } from '../../src/expand/index.ts';
import { asVersions } from '../support/operator-judge.ts';
import { runs } from '../support/runs.ts';
import { describeWith, OPERATOR_JUDGE } from '../support/tools.ts';

/** Versions, what people write in place of one, and what looks like one. */
const TEXTS = [
  ...['v8.5.7', '8.5.7', 'v8.5', 'v8', '8', 'V8.5.7', 'v', '', ' v8.5.7', 'v8.5.7\n', 'v8.5.7 ', 'v08.05.07'],
  ...[
    'nightly',
    'latest',
    'master',
    'nightly-20250101',
    'sha256',
    'v8.5.x',
    'v8.5.7.1',
    'v8..7',
    '.8.5',
    'v-8',
  ],
  ...[
    'v9.0.0-beta.2',
    'v9.0.0-beta.2.pre',
    'v9.0-rc',
    'v9-alpha',
    'v8.5.7-',
    'v8.5.7-20250101-abcdef0',
    'v8.5.7-a..b',
  ],
  ...[
    'v8.5.7+build',
    'v8.5.7-a+b.c',
    'v8.5.7+',
    'v8.5.7_fix',
    'v8.5.7-a_b',
    'v8.5.7-é',
    'v８.5.7',
    'v8.5.7--',
    'v8+a',
  ],
  ...[
    'v9223372036854775807.0.0',
    'v9223372036854775808',
    'v1.9223372036854775808',
    `v${'0'.repeat(30)}8.5.7`,
  ],
];

const pieces = ['v', '8', '5', '10', '.', '-', '+', 'beta', 'x', '_', '0', '9223372036854775807', ' '];
const anyText = fc.array(fc.constantFrom(...pieces), { maxLength: 9 }).map((parts) => parts.join(''));

describeWith([OPERATOR_JUDGE], 'a version', () => {
  test('is what the library of TiDB Operator reads as one', () => {
    const texts = [...TEXTS, ...fc.sample(anyText, runs(4000))];
    const wrong = asVersions(texts).flatMap(({ refused, major, minor, patch }, index) => {
      const theirs = refused === undefined ? [major, minor, patch].map(Number) : undefined;
      const [own, ...more] = readVersion(texts[index] ?? '')?.number ?? [];
      const ours = own === undefined ? undefined : [own, more[0] ?? 0, more[1] ?? 0];
      return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ text: texts[index], ours, theirs }];
    });
    expect(wrong).toEqual([]);
  });

  test('is before its release where its suffix says so', () => {
    const previews = TEXTS.filter((text) => readVersion(text)?.isPreview);
    expect(previews).toEqual(['v9.0.0-beta.2', 'v9.0.0-beta.2.pre', 'v9.0-rc', 'v9-alpha']);
  });
});
