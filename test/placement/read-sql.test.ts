import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Policy } from '../../src/placement/policy.ts';
import { policyStatements } from '../../src/placement/read-sql.ts';
import { policySql } from '../../src/placement/sql.ts';
import { judgePlacement } from '../support/placement-judge.ts';
import { runs } from '../support/runs.ts';
import { describeWith, PLACEMENT_JUDGE } from '../support/tools.ts';

const SAMPLES = runs(4000);

const name = fc.constantFrom('p', '`a b`', '`a``b`', 'P1', '`select`', 'größe', '`;`', '`--`');
const text = fc.constantFrom(
  "'[+disk=nvme]'",
  '"[+disk=nvme]"',
  "'it''s'",
  '"a""b"',
  "'a\\'b'",
  '"a\\"b;"',
  "'-- no comment'",
  "'/* none */'",
  "';'",
  "''",
  "'a\\nb\\%'",
  '\'{"+zone=a": 1}\'',
);
const gap = fc.constantFrom(' ', '\n', '\t', ' /* a; b */ ', ' -- c; d\n', ' # e\n', '  ', ' /**/ ');
const option = fc
  .tuple(
    fc.constantFrom(
      'CONSTRAINTS',
      'followers',
      'Primary_Region',
      'REGIONS',
      'LEARNERS',
      'SURVIVAL_PREFERENCES',
      'SCHEDULE',
    ),
    fc.constantFrom('=', ' = ', ' '),
    text,
    fc.constantFrom('0', '1', '2', '12'),
  )
  .map(([word, sign, its, count]) => `${word}${sign}${/followers|LEARNERS/.test(word) ? count : its}`);
const statement = fc
  .tuple(
    fc.constantFrom(
      'CREATE PLACEMENT POLICY',
      'create placement policy if not exists',
      'CREATE OR REPLACE PLACEMENT POLICY',
      'ALTER PLACEMENT POLICY',
      'ALTER PLACEMENT POLICY IF EXISTS',
    ),
    name,
    fc.array(fc.tuple(fc.constantFrom(' ', ', ', ','), option), { minLength: 1, maxLength: 4 }),
    gap,
  )
  .map(([head, its, options, between]) => {
    const all = options.map(([comma, one], index) => `${index === 0 ? ' ' : comma}${one}`).join('');
    return `${head}${between}${its}${between}${all}`;
  });
const other = fc.constantFrom(
  'SELECT 1',
  "SELECT 'CREATE PLACEMENT POLICY p FOLLOWERS=1'",
  'CREATE TABLE t (a INT) PLACEMENT POLICY=p',
  'DROP PLACEMENT POLICY p',
  'ALTER TABLE t PLACEMENT POLICY = p',
  '',
  'SELECT 3 - 2',
  'SELECT `a;b` FROM t',
  '/*T![placement] CREATE PLACEMENT POLICY x FOLLOWERS=2 */',
  '/*! ALTER PLACEMENT POLICY x FOLLOWERS=3 */',
);

function samplesOf<Sample>(arbitrary: fc.Arbitrary<Sample>): Sample[] {
  return fc.sample(arbitrary, { numRuns: SAMPLES, seed: 20_261_124 });
}

/** As the judge says it. */
function read(sql: string) {
  return policyStatements(sql).map(({ name: its, options }) => ({
    name: its,
    options: Object.fromEntries([...options].map(([key, { value }]) => [key, value])),
  }));
}

describeWith([PLACEMENT_JUDGE], "policies in SQL, as TiDB's parser reads them,", () => {
  test('are found among other statements, with their options', () => {
    const samples = samplesOf(
      fc
        .array(fc.tuple(fc.oneof(statement, other), gap), { minLength: 1, maxLength: 5 })
        .map((parts) => parts.map(([part, between]) => `${between}${part}`).join(';')),
    );
    const [verdicts = []] = judgePlacement([{ texts: samples, stores: [] }]);
    let found = 0;
    for (const [index, { error, policies }] of verdicts.entries()) {
      if (error !== undefined) continue;
      const expected = policies.map(({ name: its, options }) => ({ name: its, options }));
      found += expected.length;
      expect({ sql: samples[index], is: read(samples[index] ?? '') }).toEqual({
        sql: samples[index],
        is: expected,
      });
    }
    expect(found).toBeGreaterThan(SAMPLES / 2);
  });

  test('are broken where it refuses them', () => {
    const word = fc.oneof(
      option,
      text,
      name,
      gap,
      fc.constantFrom('=', ',', 'FOLLOWERS', 'CONSTRAINTS=', '3', 'POLICY', 'IF', '(', '0'),
    );
    const samples = samplesOf(
      fc
        .tuple(
          fc.constantFrom('CREATE PLACEMENT POLICY p ', 'ALTER PLACEMENT POLICY '),
          fc.array(word, { maxLength: 4 }),
        )
        .map(([head, words]) => head + words.join(' ')),
    );
    const [verdicts = []] = judgePlacement([{ texts: samples, stores: [] }]);
    let broken = 0;
    for (const [index, { error }] of verdicts.entries()) {
      const sql = samples[index] ?? '';
      const [ours] = policyStatements(sql);
      broken += error === undefined ? 0 : 1;
      expect({ sql, isBroken: ours?.broken !== undefined }).toEqual({ sql, isBroken: error !== undefined });
    }
    expect(broken).toBeGreaterThan(SAMPLES / 10);
    expect(broken).toBeLessThan(SAMPLES * 0.95);
  });

  test('that are printed are what was meant, whatever the names hold', () => {
    const names = ['hot', 'a`b', "a'b", 'a\\', 'a;b', 'a\nb', 'a*/b', '-- a', 'größe', '\u2028'];
    const texts = names.map((its) =>
      policySql(`TidbCluster ${its}`, [
        {
          name: its,
          groups: [{ kind: 'TiKVGroup', name: its, replicas: 3 }],
          constraints: [{ key: 'disk', isIn: true, values: ['nvme'] }],
          followers: 2,
          survival: [its],
        } as unknown as Policy,
      ]),
    );
    const [verdicts = []] = judgePlacement([{ texts, stores: [{ disk: 'nvme' }, {}] }]);
    for (const { error, policies } of verdicts) {
      expect(error).toBeUndefined();
      expect(policies.map(({ verb }) => verb)).toEqual(['CREATE', 'ALTER']);
      for (const { options, matches } of policies) {
        expect(options).toMatchObject({ CONSTRAINTS: '[+disk=nvme]', FOLLOWERS: '2' });
        expect(matches).toEqual({ '[+disk=nvme]': [0] });
      }
    }
  });
});
