import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readExplanations } from '../../scripts/generate/explanations.ts';
import { DANGERS, type DangerCode } from '../../src/plan/index.ts';
import { explain, firstSentence } from '../../src/report/explain.ts';
import { codesOf, planOf, sidesOf } from '../support/plan.ts';

/**
 * What the change of each example is when it is taken back: some changes are as dangerous in either direction, some are
 * another danger, and some are none.
 */
const BACKWARDS: { readonly [code in DangerCode]: readonly DangerCode[] } = {
  'store-scale-in': [],
  'store-removal': [],
  'columns-scale-in': [],
  'members-gone': [],
  'members-renamed': ['members-renamed'],
  'group-renamed': ['group-renamed'],
  'too-few-stores': [],
  'quorum-at-risk': [],
  'stores-roll-together': ['stores-roll-together'],
  'members-roll-together': ['members-roll-together'],
  suspended: [],
  'servers-removed': [],
  'service-removed': [],
  'service-type-changed': [],
  'service-selects-none': ['servers-removed', 'service-removed'],
  'replicas-handed-over': [],
  'replicas-taken-back': ['replicas-handed-over'],
  'output-switched': ['output-switched'],
  'cluster-removed': [],
  'component-removed': [],
  'reclaim-policy-changed': [],
  'cluster-changed': ['cluster-changed'],
  'tls-switched': ['tls-switched'],
  'selector-changed': ['selector-changed'],
  'service-name-changed': ['service-name-changed'],
  'pod-management-changed': ['pod-management-changed'],
  'claims-changed': ['volume-shrunk'],
  'service-address-changed': ['service-address-changed'],
  'update-refused': ['update-refused'],
  'volume-shrunk': ['claims-changed'],
  'volume-moved': ['volume-moved'],
  'volume-removed': ['claims-changed'],
  'data-directory-moved': ['data-directory-moved'],
  'data-out-of-sight': [],
  'volumes-elsewhere': ['volumes-elsewhere'],
  'version-downgrade': [],
  'version-skipped': ['version-downgrade'],
  'config-refused': ['config-refused'],
  'placement-changed': ['placement-changed'],
};

const PAGE = readFileSync(new URL('../../docs/dangers.md', import.meta.url), 'utf8');
const [, CLUSTER = ''] = [...PAGE.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
const SECTIONS = [...readExplanations(PAGE)].map(([code, text]) => ({ code, text }));

test('every danger has a section, in the order of the codes, and every section a danger', () => {
  expect(SECTIONS.map(({ code }) => code)).toEqual(Object.keys(DANGERS));
});

describe.each(SECTIONS)('the section on $code', ({ code, text }) => {
  const examples = [...text.matchAll(/^```diff(?: with (\S+))?\n([\s\S]*?)\n```$/gm)];
  const [[, also, diff = ''] = []] = examples;
  const { old, now } = withCluster(sidesOf(diff));

  test('says what would happen, shows one change, and says what to do instead', () => {
    const [heading, meaning, example, ...advice] = text
      .replace(/^```[\s\S]*?^```$/gm, 'EXAMPLE')
      .split('\n\n');
    expect(heading).toBe(`### \`${code}\``);
    expect(meaning).toMatch(/\.$/);
    expect(example).toBe('EXAMPLE');
    expect(advice).toEqual([expect.stringMatching(/\.$/)]);
    expect(examples.length).toBe(1);
  });

  test('has a change that is this danger, and no other but those that it names', async () => {
    const { dangers, verdict } = await planOf(old, now);
    expect(codesOf(dangers)).toEqual([code, ...(also === undefined ? [] : [also])].sort());
    expect(verdict).toBe('dangerous');
  });

  test('has a change that is known for what it is when it is taken back', async () => {
    const { dangers, verdict } = await planOf(now, old);
    const expected = Object.entries(BACKWARDS).find(([name]) => name === code)?.[1];
    expect(codesOf(dangers)).toEqual(expected);
    expect(verdict).toBe(dangers.length > 0 ? 'dangerous' : 'changed');
  });

  test('is what `tidb-groups explain` knows', () => {
    const { section, meaning = '', advice } = explain(code) ?? {};
    expect(section).toBe(text);
    for (const part of [meaning, advice, firstSentence(meaning)]) expect(part).toMatch(/^[^\n]{10,}[.)]$/);
  });
});

function withCluster(sides: { old: string; now: string }): { old: string; now: string } {
  const isThere = /^kind: TidbCluster$/m.test(sides.old) || !/^kind: \w+Group$/m.test(sides.old + sides.now);
  const whole = (side: string) => (isThere ? side : side === '' ? CLUSTER : `${CLUSTER}---\n${side}`);
  return { old: whole(sides.old), now: whole(sides.now) };
}
