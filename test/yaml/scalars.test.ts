import { load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../functions/expand-tidb-groups/run.ts';
import { Float, type Value, wholeOf } from '../../src/yaml/index.ts';
import { readBlock } from '../../src/yaml/read-block.ts';
import { readDocuments } from '../../src/yaml/read-events.ts';
import { toValue } from '../../src/yaml/to-value.ts';
import { writeFlow, writeMap } from '../../src/yaml-write/write.ts';
import { CLUSTER, resourceList, tikvGroup } from '../support/basic.ts';
import { at, readYaml } from '../support/read-yaml.ts';
import { inTurn } from '../support/runs.ts';
import { Sandbox } from '../support/sandbox.ts';
import { describeWith, KUSTOMIZE_4, KUSTOMIZE_5 } from '../support/tools.ts';

const float = (value: number) => new Float(value);

/** What Go's sigs.k8s.io/yaml, and so kubectl and the API server, makes of an unquoted scalar. */
const FACTS: readonly (readonly [what: string, texts: string, means: Value | 'itself'])[] = [
  ['octal', '0644 0o644 0O644 06_44', 420],
  ['octal below zero', '-0644 -0o644', -420],
  ['hexadecimal', '0x1F 0X1f +0x1f 0x1_F', 31],
  ['binary', '0b101 0B101 0b1_01', 5],
  ['zero', '0 00 000 -0 +0', 0],
  ['decimal with underscores', '1_000 1__000 1000_', 1000],
  ['a float that looks like an integer', '1.0 1. +1.0 1.00 1e0', float(1)],
  ['a float with an exponent', '1e3 1E3 1e+3 1.0e3 1_0e2', float(1000)],
  ['a float without a first digit', '.5 +.5 0.5 0.50 5e-1 .5_0', float(0.5)],
  ['infinity', '.inf .Inf .INF +.inf', float(Number.POSITIVE_INFINITY)],
  ['below everything', '-.inf', float(Number.NEGATIVE_INFINITY)],
  ['no number', '.nan .NaN .NAN', float(Number.NaN)],
  ['the last integer of JavaScript', '9007199254740991', 9007199254740991],
  ['an integer beyond those', '9007199254740993', 9007199254740993n],
  ['the last of 63 bits', '9223372036854775807', 9223372036854775807n],
  ['the last of 64 bits', '18446744073709551615', 18446744073709551615n],
  ['the first of 64 bits', '-9223372036854775808', -9223372036854775808n],
  ['more than 64 bits', '18446744073709551616 +18446744073709551615', float(18446744073709552000)],
  ['true', 'y Y yes Yes YES true True TRUE on On ON', true],
  ['false', 'n N no No NO false False FALSE off Off OFF', false],
  ['null', 'null Null NULL ~', null],
  ['a date', '2020-01-01 2020-1-1 2001-12-14t21:59:43.10-05:00 2020-01-01T00:00:00Z', 'itself'],
  ['a time of the day, sexagesimal to others', '1:30 12:30:45 190:20:30 1:30.5', 'itself'],
  ['a number too many', '1e400 -1e400', 'itself'],
  ['no octal, and so a float', '08 +08 0_8', float(8)],
  ['no octal', '0o8 0800x 0x1g', 'itself'],
  ['half a prefix', '0x 0b 0o 0b2 0xg', 'itself'],
  ['a quantity', '100m 1Gi 10% 1k', 'itself'],
  ['a version', 'v1 1.2.3 1.0.0', 'itself'],
  ['a word nearly', 'yEs tRUE nULL inf nan Infinity -Infinity e3 1e ._5 _1 1,000 = ~~ . ..', 'itself'],
];

function bothWays(text: string): Value[] {
  const quick = readBlock(text);
  const [careful] = readDocuments(text);
  if (quick === undefined || careful === undefined) throw new Error(`not read: ${text}`);
  return [quick, careful].map(toValue);
}

describe('an unquoted scalar', () => {
  test.each(FACTS)('is %s: %s', (_, texts, means) => {
    for (const text of texts.split(' ')) {
      const value = means === 'itself' ? text : means;
      const isFloat = value instanceof Float;
      // Kubernetes stores JSON, where `1.0` is `1`; to the servers that get a config it is not.
      const stored = isFloat ? (wholeOf(value) ?? new Float(value.value, text.includes('.'))) : value;
      const written = isFloat ? new Float(value.value, text.includes('.')) : value;
      const item = text.includes(',') ? 1 : text;
      for (const read of bothWays(`a: ${text}\nb: [${item}]\nconfig: {a: ${item}}\n`)) {
        expect(at(read, 'a')).toEqual(stored);
        if (item === 1) continue;
        expect(at(read, 'b', 0)).toEqual(stored);
        expect(at(read, 'config', 'a')).toEqual(written);
      }
    }
  });

  test.each(FACTS)('is a string in quotes: %s: %s', (_, texts) => {
    for (const text of texts.split(' ')) {
      for (const read of bothWays(`a: "${text}"\nb: '${text}'\nc: |-\n  ${text}\n`)) {
        expect(read).toEqual({ a: text, b: text, c: text });
      }
    }
  });
});

/** Keys are texts in JSON, and so to Kubernetes: numbers and booleans come to what JSON would print. */
test.each([
  ['yes', 'true'],
  ['off', 'false'],
  ['0644', '420'],
  ['0x10', '16'],
  ['1.10', '1.1'],
  ['1.0', '1'],
  ['1_000', '1000'],
  ['"yes"', 'yes'],
  ['2020-01-01', '2020-01-01'],
  ['1:30', '1:30'],
])('the key %s is %s', (written, key) => {
  for (const read of bothWays(`${written}: 1\n`)) expect(read).toEqual({ [key]: 1 });
});

/** Every scalar above as text, and what readers have stumbled over. */
const TEXTS = [
  ...FACTS.flatMap(([, texts]) => texts.split(' ')),
  ...[
    '',
    ' ',
    'a ',
    ' a',
    '- a',
    '-',
    '--',
    '---',
    '--- a',
    '...',
    '?',
    '? a',
    ':',
    'a:',
    'a: b',
    ':a',
    '#',
    'a #b',
    '<<',
  ],
  ...[
    '&a',
    '*a',
    '!a',
    '!!str',
    '|',
    '>',
    '%a',
    '@a',
    '`a',
    "'a'",
    '"a"',
    '{a}',
    '[a]',
    '{',
    ']',
    ',',
    'a, b',
    '\\',
    'a\\n',
  ],
  ...[
    'a\nb',
    'a\nb\n',
    'a\n\n',
    '\na',
    ' a\nb',
    '\ta',
    'a\tb',
    'a\n\tb',
    'a\n b\n',
    'a \nb',
    '\n',
    '\r',
    'a\r\nb',
    '\u0000',
  ],
  ...[
    'é',
    '日本',
    '😀',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\ufffe',
    '\u007f',
    '\u001b[1m',
    'e1',
    'E5',
    '1e1_0',
    '0.',
    '+.5',
  ],
];

/** Other readers than ours. Not all of them know `__proto__`. */
const READERS: readonly { readonly name: string; readonly read: (text: string) => unknown }[] = [
  { name: 'yaml, YAML 1.2', read: (text) => parse(text, { version: '1.2' }) },
  { name: 'yaml, YAML 1.1', read: (text) => parse(text, { version: '1.1' }) },
  { name: 'js-yaml, YAML 1.2', read: (text) => load(text) },
  { name: 'js-yaml, YAML 1.1', read: (text) => load(text, { schema: YAML11_SCHEMA }) },
];

describe.each(READERS)('to $name', ({ read }) => {
  test.each(TEXTS)('a text that is written is still that text: %j', (text) => {
    const written = { [text]: { list: [text, [text]], text, next: 1 } };
    if (text !== '<<') expect(read(writeMap(written))).toEqual(written);
    expect(read(writeMap({ text, list: [text] }))).toEqual({ text, list: [text] });
    expect(read(writeFlow({ text, list: [text] }))).toEqual({ text, list: [text] });
  });
});

/** What our own output says, in a place where a text may be anything. */
describeWith(inTurn([KUSTOMIZE_5, KUSTOMIZE_4], 1), 'texts that are written are still texts', (kustomize) => {
  test('in a ConfigMap', () => {
    // Control characters kustomize writes as they are, and then refuses to read.
    const texts = TEXTS.filter((text) => !/(?![\t\n\u2028])[\p{C}\u0085]/u.test(text));
    const data = Object.fromEntries(texts.map((text, index) => [`k${index}`, text]));
    const resource = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'texts' }, data };
    const sandbox = new Sandbox({
      'kustomization.yaml': 'resources: [texts.yaml]\n',
      'texts.yaml': writeMap(resource),
    });
    const { stdout, stderr } = sandbox.run(kustomize, ['build', '.']);
    expect(stderr).toBe('');
    // What it read as anything but text it prints in another spelling, and what it prints itself others misread.
    expect(parse(stdout, { schema: 'failsafe' })).toEqual(resource);
  });
});

async function messagesOf(spec: string): Promise<readonly string[]> {
  return (await run(Buffer.from(resourceList(CLUSTER, tikvGroup('hot', 'basic', spec))))).messages;
}

describe('a scalar that is not what the field wants', () => {
  test.each(['yes', 'no', 'on', 'off', 'true', '0644', '1_000', '1.0', '0x10'])(
    '%s where text must stand: an error that says to quote it',
    async (text) => {
      const [message, ...others] = await messagesOf(`  env:\n  - name: A\n    value: ${text}\n`);
      expect(others).toEqual([]);
      expect(message).toMatch(/`spec\.env\[0\]\.value` must be /);
      expect(message).toContain(`put it in quotes: "${text}"`);
    },
  );

  test.each([`"yes"`, `'0644'`, '2020-01-01', '1:30', '1Gi'])('%s is text', async (text) => {
    expect(await messagesOf(`  env:\n  - name: A\n    value: ${text}\n`)).toEqual([]);
  });
});

test('of a key written twice the last one counts, with a warning', async () => {
  const group = tikvGroup('hot', 'basic', '  replicas: 5\n  labels: {a: one, a: two}\n');
  const { output, messages, failed } = await run(Buffer.from(resourceList(CLUSTER, group)));
  const text = Buffer.concat([...output].map((piece) => Buffer.from(piece))).toString();
  expect(failed).toBe(false);
  expect(
    messages.map((message) => message.replace(/^.*?(`spec\.\w+(?:\.\w+)?`).*\[(.*)\]$/, '$1 $2')),
  ).toEqual(['`spec.replicas` duplicate-key', '`spec.labels.a` duplicate-key']);
  const [list] = readYaml(text);
  const items = at(list, 'items');
  const set = Array.isArray(items) ? items.find((item) => at(item, 'kind') === 'StatefulSet') : undefined;
  expect(at(set, 'spec', 'replicas')).toBe(5n);
  expect(at(set, 'spec', 'template', 'metadata', 'labels', 'a')).toBe('two');
});
