import fc from 'fast-check';
import { expect, test } from 'vitest';
import { code, escaped, fold, inline, table } from '../../src/report/markdown.ts';
import { visible } from '../../src/text/index.ts';
import { hostileUtf8 } from '../support/hostile.ts';
import { MADE_OF_TEXT, type Outline, outlinesOf } from '../support/markup.ts';
import { runs } from '../support/runs.ts';
import { CMARK_GFM, describeWith } from '../support/tools.ts';

/** What Markdown, or GitHub after it, makes something of. */
const MARKUP = [
  ...[
    'www.example.com',
    'https://example.com',
    'a@example.com',
    '@someone',
    '#1',
    'GH-1',
    'x/y#1',
    ':tada:',
    '$a$',
    '!1',
    '~x',
  ],
  ...[
    '**b**',
    '_u_',
    '~~s~~',
    '[l](https://x.y)',
    '![i](x)',
    '<b>',
    '</details>',
    '<!--',
    '&lt;',
    '&#64;x',
    '`',
    '``',
    '|',
    '\\|',
    '\\',
  ],
  ...[
    '# h',
    '- i',
    '1. i',
    '> q',
    '---',
    '===',
    '```',
    '~~~',
    '    ',
    '\n\n',
    '\n# h\n',
    'mailto:a@b.c',
    '[^1]',
    '- [ ] x',
  ],
];

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...MARKUP),
      hostileUtf8.filter(({ length }) => length < 100),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));

/** What is to be read: on one line, everything seen. */
const shown = (value: string) => visible(value.replaceAll(/[ \t\r\n]+/g, ' ')).trim();

const plain = (found: string) => found.replaceAll(/[\0\u2060]/g, '');

const names = ({ tags }: Outline) => tags.map(([name]) => name).join(' ');

describeWith([CMARK_GFM], 'a text in Markdown stays that text', () => {
  const values = fc.sample(text, runs(2000)).filter((value) => shown(value) !== '');

  function read(write: (value: string) => string): Outline[] {
    return outlinesOf(values.map((value) => ({ kind: 'markdown', text: write(value) })));
  }

  test('as text', () => {
    for (const [index, outline] of read((value) => `a ${escaped(value)} z`).entries()) {
      expect({ tags: names(outline), text: plain(outline.text).trim() }).toEqual({
        tags: 'p',
        text: `a ${shown(values[index] ?? '')} z`,
      });
      expect(outline.text).not.toMatch(MADE_OF_TEXT);
    }
  });

  test('as text that begins a line', () => {
    for (const [index, outline] of read(escaped).entries()) {
      expect({ tags: names(outline), text: plain(outline.text).trim() }).toEqual({
        tags: 'p',
        text: shown(values[index] ?? ''),
      });
      expect(outline.text).not.toMatch(MADE_OF_TEXT);
    }
  });

  test('as code', () => {
    for (const [index, outline] of read((value) => `a ${code(value)} z`).entries()) {
      expect({ tags: names(outline), code: plain(outline.code) }).toEqual({
        tags: 'p code',
        code: shown(values[index] ?? ''),
      });
    }
  });

  test('in the cells of a table', () => {
    const head = ['One', 'Two'];
    const tags = 'table thead tr th th tbody tr td code td';
    for (const [index, outline] of read((value) => table(head, [[code(value), escaped(value)]])).entries()) {
      const value = shown(values[index] ?? '');
      expect({ tags: names(outline), code: plain(outline.code) }).toEqual({ tags, code: value });
      expect(plain(outline.text).replaceAll('\n', '')).toBe(`OneTwo${value}`);
    }
  });

  test('as what opens', () => {
    for (const [index, outline] of read((value) => fold(value, 'inside')).entries()) {
      expect(names(outline)).toBe('details summary p');
      expect(plain(outline.text).replaceAll(/\n+/g, '')).toBe(`${shown(values[index] ?? '')}inside`);
      expect(outline.text).not.toMatch(MADE_OF_TEXT);
    }
  });

  test('in a sentence of ours, apart from what back-quotes set apart', () => {
    for (const outline of read((value) => inline(`a ${value} z`))) {
      expect(names(outline)).toMatch(/^p(?: code)*$/);
      expect(outline.text).not.toMatch(MADE_OF_TEXT);
    }
  });

  test('nor does it become one where back-quotes with nothing between them cut it', () => {
    const cut = [...MARKUP, 'a ::T: b', '12. x', 'K:K:'].flatMap((value) =>
      ['``', '` `', '`\u00a0`'].flatMap((empty) =>
        Array.from({ length: value.length + 1 }, (_, at) => value.slice(0, at) + empty + value.slice(at)),
      ),
    );
    for (const write of [inline, (value: string) => inline(`a ${value} z`)]) {
      const outlines = outlinesOf(cut.map((value) => ({ kind: 'markdown', text: write(value) })));
      for (const outline of outlines) {
        expect(names(outline)).toMatch(/^(?:p(?: code)*)?$/);
        expect(outline.text).not.toMatch(MADE_OF_TEXT);
      }
    }
  });
});
