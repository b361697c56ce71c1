import { expect, test } from 'vitest';
import { CODES } from '../../src/problem/index.ts';
import { EXPLANATIONS } from '../../src/report/explanations.generated.ts';
import { readFixture } from '../support/table.ts';

/** A row of any of the tables, as far as they are alike. */
interface Row {
  readonly name: string;
  readonly problems: readonly ({ readonly code: string } | readonly string[])[];
}

const TABLES = ['structure', 'meaning', 'files'].map((name) => ({
  name,
  rows: readFixture<{ cases: readonly Row[] }>(`problems/${name}.yaml`).cases.filter(
    ({ problems }) => problems.length > 0,
  ),
}));

test('there are more than 150 bad inputs, each with the problems that it must give', () => {
  const rows = TABLES.flatMap(({ rows }) => rows);
  expect(rows.length).toBeGreaterThan(250);
  for (const { name, rows } of TABLES) {
    const names = rows.map((row) => row.name);
    expect(
      names.filter((row, index) => names.indexOf(row) !== index),
      name,
    ).toEqual([]);
  }
});

test('every code is given by one of them, or by the input on its page alone', () => {
  const text = TABLES.flatMap(({ rows }) => rows.map(({ problems }) => JSON.stringify(problems))).join();
  const given = Object.keys(CODES).filter((code) => new RegExp(`[" ]${code}"`).test(text));
  const onItsPageAlone = Object.keys(CODES).filter((code) => !given.includes(code));
  expect(onItsPageAlone.filter((code) => !Object.hasOwn(EXPLANATIONS, code))).toEqual([]);
  expect(given.length).toBeGreaterThan(onItsPageAlone.length);
});
