import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Kind } from '../../src/api/index.ts';
import { formatPath, Problems } from '../../src/problem/index.ts';
import { checkStructure } from '../../src/validate/index.ts';
import { isRightToAjv } from '../support/ajv.ts';
import { readPart } from '../support/resources.ts';

interface Case {
  name: string;
  kind: Kind;
  without?: string[];
  input: string;
  problems: { code: string; path: string; says: string }[];
}

const table = readFileSync(new URL('../../fixtures/problems/structure.yaml', import.meta.url), 'utf8');
const { cases, right } = parse(table) as { cases: Case[]; right: Omit<Case, 'problems'>[] };

describe('a mistake in the structure is found, and the message tells how to mend it', () => {
  test.each(cases)('$name', async ({ kind, without, input, problems: expected }) => {
    const problems = new Problems();
    const resource = await readPart(kind, input, without);
    checkStructure(resource, kind, problems);
    const found = problems.all.map(({ code, path = [], message }) => ({
      code,
      path: formatPath(path),
      says: message,
    }));
    expect(found.map(({ says: _, ...rest }) => rest)).toEqual(expected.map(({ says: _, ...rest }) => rest));
    for (const [index, { says }] of expected.entries()) expect(found[index]?.says).toContain(says);
    for (const { says, path } of found) expect(says.startsWith(`\`${path}\` `)).toBe(true);
    expect(isRightToAjv(kind, resource.object)).toBe(false);
  });
});

test.each(right)('right: $name', async ({ kind, input, without }) => {
  const problems = new Problems();
  const resource = await readPart(kind, input, without);
  checkStructure(resource, kind, problems);
  expect(problems.all.map(({ message }) => message)).toEqual([]);
  expect(isRightToAjv(kind, resource.object)).toBe(true);
});

describe('the value is shown as far as it is known', () => {
  test('without its text, by what it means', async () => {
    const { object, origin: read } = await readPart('TiKVGroup', 'spec:\n  version: on');
    const origin = { id: read.id, locate: () => ({}) };
    const problems = new Problems();
    checkStructure({ object, origin }, 'TiKVGroup', problems);
    expect(problems.all[0]?.message).toContain('put it in quotes: "true"');
  });

  test('cut where it is long', async () => {
    const problems = new Problems();
    const input = `spec:\n  image: ${'x'.repeat(5000)}`;
    checkStructure(await readPart('TiKVGroup', input), 'TiKVGroup', problems);
    expect(problems.all[0]?.message.length).toBeLessThan(200);
  });
});

test('of an empty resource every required field is missing', async () => {
  const { origin } = await readPart('TiKVGroup', 'spec: {}');
  const problems = new Problems();
  checkStructure({ object: {}, origin }, 'TiKVGroup', problems);
  const missing = problems.all.map(({ path = [] }) => formatPath(path));
  expect(missing).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
});
