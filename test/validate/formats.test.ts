import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { FORMATS } from '../../src/validate/structure/formats.ts';

type Table = { [format: string]: { right: string[]; wrong: string[] } };
const table = parse(
  readFileSync(new URL('../../fixtures/problems/formats.yaml', import.meta.url), 'utf8'),
) as Table;

test('the table has every format', () => {
  expect(Object.keys(table).sort()).toEqual(Object.keys(FORMATS).sort());
});

describe.each(Object.entries(table))('%s', (name, { right, wrong }) => {
  test.each(right)('%s is one', (text) => expect(FORMATS[name]?.matches(text)).toBe(true));
  test.each(wrong)('%s is wrong', (text) => expect(FORMATS[name]?.matches(text)).toBe(false));

  test('a long text is judged quickly', () => {
    const start = performance.now();
    for (const unit of ['a', '1', '-', '.', 'a-', 'a.', '1.', '1s', '::', 'a/', '__', 'a__']) {
      FORMATS[name]?.matches(`${unit.repeat(100_000)}!`);
      FORMATS[name]?.advice?.(`${unit.repeat(100_000)}!`);
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
