import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constraintsForEach } from '../../src/placement/choose-constraints.ts';
import { constraintText, Refused, readRules, type StoreLabels } from '../../src/placement/constraint.ts';
import { Matcher } from '../../src/placement/matcher.ts';
import { judgePlacement } from '../support/placement-judge.ts';
import { runs } from '../support/runs.ts';
import { describeWith, PLACEMENT_JUDGE } from '../support/tools.ts';

/** Few of each, so that stores have much in common; some that PD or TiDB treat in their own way. */
const KEYS = ['zone', 'Zone', 'disk', 'host', '$group', 'exclusive', 'engine'];
const VALUES = ['a', 'b', 'nvme', 'eu-west-1a', 'x/y.z', 'tiflash', 'a,b', 'a b', "it's"];

const labelsOf = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES)), {
    selector: ([key]) => key.toLowerCase(),
    maxLength: 4,
  })
  .map((pairs): StoreLabels => Object.fromEntries(pairs));

const SAMPLES = runs(2400);

/** What a property tries, made at once, so that the judge is started once. */
function samplesOf<Sample>(arbitrary: fc.Arbitrary<Sample>): Sample[] {
  return fc.sample(arbitrary, { numRuns: SAMPLES, seed: 20_261_124 });
}

function policy(constraints: string): string {
  return `CREATE PLACEMENT POLICY p CONSTRAINTS='${constraints.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

describeWith([PLACEMENT_JUDGE], 'constraints', () => {
  test.each([
    { what: 'one group', together: [], groups: [], least: SAMPLES },
    { what: 'one label,', together: ['$group', 'disk'], groups: [], least: SAMPLES },
    {
      what: 'one group, in all of its zones,',
      together: [],
      groups: [
        [0, 2],
        [1, 3, 4],
      ],
      least: SAMPLES / 4,
    },
    {
      what: 'one group or label',
      together: ['$group'],
      groups: [
        [0, 2],
        [1, 3, 4],
      ],
      least: SAMPLES / 4,
    },
  ])('match the stores of $what and no others, as PD and TiDB read them', ({ together, groups, least }) => {
    const samples = samplesOf(fc.array(labelsOf, { minLength: groups.length > 0 ? 5 : 1, maxLength: 7 }));
    const chosen = samples.map((stores) => constraintsForEach(stores, together, groups));
    for (const its of together.length > 0 ? [] : chosen) {
      for (const members of groups) expect(new Set(members.map((one) => its[one])).size).toBe(1);
    }
    const answers = judgePlacement(
      samples.map((stores, index) => ({
        stores,
        texts: (chosen[index] ?? []).map((constraints) =>
          policy(`[${(constraints ?? []).map(constraintText).join(', ')}]`),
        ),
      })),
    );
    let found = 0;
    for (const [sample, verdicts] of answers.entries()) {
      for (const [group, { error, policies }] of verdicts.entries()) {
        const constraints = chosen[sample]?.[group];
        if (constraints === undefined) continue;
        const members = [...(chosen[sample]?.keys() ?? [])].filter(
          (one) => chosen[sample]?.[one] === constraints,
        );
        found += 1;
        expect(error).toBeUndefined();
        const [judged] = policies;
        expect({ stores: samples[sample], judged, is: Object.values(judged?.matches ?? {}) }).toEqual({
          stores: samples[sample],
          judged,
          is: [members],
        });
      }
    }
    expect(found).toBeGreaterThan(least);
  });

  test('are found wherever any are: no group is left out for nothing', () => {
    const usual = ['zone', 'disk', '$group'];
    const usualLabels = fc
      .record(Object.fromEntries(usual.map((key) => [key, fc.constantFrom('a', 'b')])), { requiredKeys: [] })
      .map((labels) => labels as StoreLabels);
    /** All that can be said with these keys and values. */
    const literals = usual.flatMap((key) =>
      ['a', 'b'].flatMap((value) => [true, false].map((isIn) => ({ key, isIn, values: [value] }))),
    );
    for (const stores of samplesOf(fc.array(usualLabels, { minLength: 2, maxLength: 6 }))) {
      // Two are the zones of one group, which have all other labels in common.
      const groups = stores.length > 3 ? [[0, 1]] : [];
      if (groups.length > 0) {
        stores[0] = { ...stores[0], zone: 'a' };
        stores[1] = { ...stores[0], zone: 'b' };
      }
      const chosen = constraintsForEach(stores, [], groups);
      for (const [index] of stores.entries()) {
        const members = (groups.find((one) => one.includes(index)) ?? [index]).map(
          (one) => stores[one] ?? {},
        );
        // If any constraints match these alone, then all together that match each of them do.
        const own = literals.filter(({ key, isIn, values }) =>
          members.every((labels) => values.includes(labels[key] ?? '') === isIn),
        );
        const matcher = new Matcher(own);
        const found = stores.filter((other) => matcher.matches(other));
        const alone = found.length === members.length && members.every((one) => found.includes(one));
        expect({ stores, index, isFound: chosen[index] !== undefined }).toEqual({
          stores,
          index,
          isFound: alone,
        });
      }
    }
  });

  test('of others mean what TiDB and PD take them for', () => {
    const part = fc.oneof(
      fc
        .tuple(fc.constantFrom('+', '-', ' + ', ''), fc.constantFrom(...KEYS), fc.constantFrom(...VALUES))
        .map(([sign, key, value]) => `${sign}${key}=${value}`),
      fc.constantFrom(
        '+zone',
        '+=a',
        '+zone=',
        '+a=b=c',
        '#evict-leader',
        '+000',
        '-  zone  =  a  ',
        '1',
        'null',
        '',
      ),
    );
    const quoted = fc.tuple(part, fc.constantFrom('', '"')).map(([text, quote]) => `${quote}${text}${quote}`);
    const list = fc.array(quoted, { maxLength: 3 }).map((parts) => `[${parts.join(',')}]`);
    const entry = fc
      .tuple(quoted, fc.constantFrom(': ', ':'), fc.constantFrom('1', '2', '0', '-1', 'x', '1.5', ''))
      .map((parts) => parts.join(''));
    const map = fc.array(entry, { minLength: 1, maxLength: 3 }).map((parts) => `{${parts.join(', ')}}`);
    const odd = fc.constantFrom(
      '+zone=a',
      '{',
      ']',
      '""',
      '[[+zone=a]]',
      '{[+zone=a]: 1}',
      '[+zone=a',
      '- +zone=a\n- -disk=b',
    );
    const samples = samplesOf(fc.tuple(fc.oneof(list, map, odd), fc.array(labelsOf, { maxLength: 4 })));
    const answers = judgePlacement(samples.map(([text, stores]) => ({ texts: [policy(text)], stores })));
    let taken = 0;
    for (const [index, [text, stores]] of samples.entries()) {
      const judged = answers[index]?.[0]?.policies[0];
      const rules = rulesIn(text);
      // TiDB also refuses constraints that no store fulfills, and +engine=tiflash, where the judge only matches.
      if (rules === undefined && /has "|TIFLASH/.test(whyNot(text)) && judged?.error === undefined) continue;
      expect({ text, isTaken: rules !== undefined }).toEqual({ text, isTaken: judged?.error === undefined });
      if (rules === undefined) continue;
      taken += 1;
      const ours = rules.map(({ constraints }) => {
        const matcher = new Matcher(constraints);
        return stores.flatMap((labels, store) => (matcher.matches(labels) ? [store] : []));
      });
      expect({ text, stores, is: sorted(ours) }).toEqual({
        text,
        stores,
        is: sorted(Object.values(judged?.matches ?? {})),
      });
    }
    expect(taken).toBeGreaterThan(SAMPLES / 10);
  });
});

function rulesIn(text: string) {
  try {
    return readRules(text);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

function whyNot(text: string): string {
  try {
    readRules(text);
  } catch (error) {
    return String(error);
  }
  return '';
}

function sorted(found: readonly (readonly number[])[]): string[] {
  return found.map((stores) => stores.join()).sort();
}

describe('a constraint', () => {
  /** From TiDB's own tests of `NewConstraint` and `CompatibleWith`. */
  const FACTS: readonly [text: string, is: string | RegExp][] = [
    ['+zone=bj', '+zone=bj'],
    ['-  dc  =  sh  ', '-dc=sh'],
    ['-engine  =  tiflash  ', '-engine=tiflash'],
    ['+engine=Tiflash', /SET TIFLASH REPLICA/],
    [',,,', /write a constraint as/],
    ['+    ', /write a constraint as/],
    ['+000', /write a constraint as/],
    ['0000', /write a constraint as/],
    ['+ =zone1', /write a constraint as/],
    ['+  =   z', /write a constraint as/],
    ['+zone=', /write a constraint as/],
    ['+z  =   ', /write a constraint as/],
    ['+zone=sh","-zone=sh', /no store fulfills/],
    ['+zone=bj","+zone=sh', /no store fulfills/],
    ['-zone=sh","-zone=bj', '-zone=sh,-zone=bj'],
    ['+zone=sh","+dc=sh', '+zone=sh,+dc=sh'],
  ];

  test.each(FACTS)('%j is %s', (text, is) => {
    const list = `["${text}"]`;
    if (typeof is === 'string') {
      expect(readRules(list)[0]?.constraints.map(constraintText).join()).toBe(is);
    } else expect(() => readRules(list)).toThrow(is);
  });

  test.each([
    { others: 16, isFound: true },
    { others: 17, isFound: false },
  ])('keeps one of $others others out, as long as they are few', ({ others, isFound }) => {
    const named = Array.from({ length: others }, (_, index) => ({ disk: `d${index}` }));
    for (const [stores, groups] of [
      [[...named, {}], []],
      [[...named, { zone: 'a' }, { zone: 'b' }], [[others, others + 1]]],
    ] as const) {
      const [found] = constraintsForEach(stores, [], groups).slice(others);
      expect(found?.length).toBe(isFound ? others : undefined);
      expect(constraintsForEach(stores, [], groups)[0]).toHaveLength(1);
    }
  });

  test('is found of no labels that PD takes for the same one', () => {
    expect(constraintsForEach([{ zone: 'a' }, { Zone: 'a', zone: 'b' }])).toEqual([undefined, undefined]);
  });

  test('needs a blank before the number of replicas', () => {
    expect(() => readRules('{+zone=a:1}')).toThrow('must have a blank');
    expect(readRules('{+zone=a: 1}')).toMatchObject([{ count: 1 }]);
  });
});
