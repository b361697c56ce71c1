import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { definitions, type Kind } from '../../src/api/index.ts';
import { Field, formatPath, NOWHERE, Problems } from '../../src/problem/index.ts';
import { checkStructure } from '../../src/validate/index.ts';
import { checkValue } from '../../src/validate/structure/walk.ts';
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

/** All closed lists of texts in a kind's schema, as lists. */
function enumsOf(schema: unknown, found: string[][] = []): string[][] {
  if (typeof schema !== 'object' || schema === null) return found;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'enum' && Array.isArray(value)) found.push(value.filter((one) => typeof one === 'string'));
    else enumsOf(value, found);
  }
  return found;
}

describe('a value that is nearly one of a closed list has advice', () => {
  const lists = new Map(enumsOf(definitions()).map((values) => [values.join(), values]));

  test.each([...lists.values()].filter((values) => values.filter(Boolean).length > 1))(
    '%s …',
    (...values) => {
      const words = values.filter((value) => value.length > 2);
      for (const value of words) {
        for (const typo of [value.toLowerCase(), value.toUpperCase(), `${value}x`, value.slice(0, -1)]) {
          if (values.includes(typo)) continue;
          const problems = new Problems();
          checkValue({ type: 'string', enum: values }, typo, new Field(NOWHERE, problems, ['it']));
          expect(problems.all[0]?.message).toMatch(/^`it` must be .*, but is ".*"; did you mean ".*"\?$/);
        }
      }
    },
  );

  test('there are many', () => {
    expect(lists.size).toBeGreaterThan(10);
  });
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
