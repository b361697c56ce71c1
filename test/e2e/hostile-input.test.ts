import { describe, expect, test } from 'vitest';
import { CLUSTER, resourceList, TIKV_GROUP } from '../support/basic.ts';
import { at, readYaml } from '../support/read-yaml.ts';
import { inTurn } from '../support/runs.ts';
import { Sandbox } from '../support/sandbox.ts';

const HEAD = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n';
const OTHER = '- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a}\n';
const GROUP = `${TIKV_GROUP.trimEnd().replaceAll('\n', '\n  ').replace('apiVersion', '- apiVersion')}\n`;
const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => row(i)).join('');
const NINE = (name: string) => Array.from({ length: 9 }, () => name).join(', ');
const BOMB = `    a0: &a0 [${NINE('x')}]\n${rows(12, (i) => `    a${i + 1}: &a${i + 1} [${NINE(`*a${i}`)}]\n`)}`;
const DEEP = 10_000;

/** Input that is not a list, or a list too large to hold: the output is only the error. */
const REFUSED: readonly { readonly name: string; readonly input: string | Buffer; readonly says: RegExp }[] =
  [
    {
      name: 'maps nested 10,000 deep',
      input: `${HEAD}${OTHER}  data:\n${rows(2000, (i) => `${' '.repeat(4 + i)}a:\n`)}`,
      says: /^line \d+:\d+: .*nested deeper than 500 levels/,
    },
    {
      name: 'lists nested 10,000 deep',
      input: `${HEAD}${OTHER}  data:\n    ${'- '.repeat(DEEP)}x\n`,
      says: /nested deeper than 500 levels/,
    },
    {
      name: 'brackets nested 10,000 deep',
      input: `${HEAD}${OTHER}  data: ${'['.repeat(DEEP)}${']'.repeat(DEEP)}\n`,
      says: /nested deeper than 500 levels/,
    },
    {
      name: 'brackets that never close',
      input: `${HEAD}${OTHER}  data: ${'{a: '.repeat(DEEP)}\n`,
      says: /nested deeper than 500 levels/,
    },
    {
      name: 'keys nested 10,000 deep',
      input: `${HEAD}${OTHER}  data:\n    ${'? '.repeat(DEEP)}x\n`,
      says: /nested deeper than 500 levels/,
    },
    {
      name: 'JSON nested 10,000 deep',
      input: `{"kind": "ResourceList", "items": [${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}]}`,
      says: /nested deeper than 500 levels/,
    },
    {
      name: 'aliases that multiply, in any resource',
      input: `${HEAD}${OTHER}  data:\n${BOMB}`,
      says: /^line 4:3: .*must not expand to millions/,
    },
    {
      name: 'aliases that multiply, in a group',
      input: `${HEAD}${GROUP}${BOMB}`,
      says: /must not expand to millions/,
    },
    {
      name: 'aliases that multiply, in the function config',
      input: `${HEAD}${OTHER}functionConfig:\n  kind: ConfigMap\n  data:\n${BOMB}`,
      says: /must not expand to millions/,
    },
    {
      name: 'merges that multiply',
      input: `${HEAD}${OTHER}  data:\n    a0: &a0 {x: 1}\n${rows(30, (i) => `    a${i + 1}: &a${i + 1} {<<: [*a${i}, *a${i}]}\n`)}`,
      says: /must not expand to millions/,
    },
    {
      name: 'a chain of aliases',
      input: `${HEAD}${OTHER}  data:\n    a0: &a0 {x: 1}\n${rows(5000, (i) => `    a${i + 1}: &a${i + 1} {y: *a${i}}\n`)}`,
      says: /must not expand to millions/,
    },
    { name: 'an alias of itself', input: `${HEAD}${OTHER}  data: &a {a: *a}\n`, says: /unknown anchor "a"/ },
    {
      name: 'a NUL character',
      input: `${HEAD}${OTHER}  data: "\0"\n`,
      says: /^line 7:10: .*must not contain a NUL character/,
    },
    {
      name: 'bytes that are no UTF-8',
      input: Buffer.concat([Buffer.from(`${HEAD}${OTHER}  data: `), Buffer.from([0xff, 10])]),
      says: /^line 7:9: .*must be UTF-8/,
    },
    {
      name: 'Latin-1',
      input: Buffer.from(`${HEAD}${OTHER}  data: é\n`, 'latin1'),
      says: /^line 7:9: .*must be UTF-8/,
    },
    {
      name: 'Latin-1 behind characters that stand for broken ones',
      input: Buffer.concat([Buffer.from(`${HEAD}${OTHER}  data: \ufffdé\ufffd`), Buffer.from([0xe9, 10])]),
      says: /^line 7:12: .*must be UTF-8/,
    },
    {
      name: 'UTF-16',
      input: Buffer.from(`\ufeff${HEAD}${OTHER}`, 'utf16le'),
      says: /^line 1:1: .*must be UTF-8/,
    },
    {
      name: 'half a character',
      input: `${HEAD}${GROUP}    version: "\\ud800"\n`,
      says: /half of a character/,
    },
    { name: 'nothing', input: '', says: /is empty/ },
    { name: 'blanks', input: ' \n\t', says: /is empty/ },
    { name: 'a byte order mark', input: '\ufeff', says: /is empty/ },
    { name: 'comments', input: '# a\n# b\n', says: /is empty/ },
    { name: 'marks', input: '---\n'.repeat(10_000), says: /is empty/ },
    { name: 'null', input: 'null\n', says: /is empty/ },
    { name: 'text', input: 'hello\n', says: /must be of kind "ResourceList", but has no kind/ },
    { name: 'a plain manifest', input: CLUSTER, says: /but is of kind "TidbCluster"/ },
    { name: 'a stream', input: `${CLUSTER}---\n${TIKV_GROUP}`, says: /is a stream of 2 documents/ },
    { name: 'items that are no list', input: `${HEAD.trimEnd()} {}\n`, says: /`items` must be a list/ },
    {
      name: 'an item without contents',
      input: `${HEAD}${OTHER}-\n`,
      says: /^line 7:2: .*`items\[1\]` must be a Kubernetes resource/,
    },
    {
      name: 'an item that is a list',
      input: `${HEAD}- - a\n`,
      says: /`items\[0\]` must be a Kubernetes resource/,
    },
    {
      name: 'quotes that never close',
      input: `${HEAD}${OTHER}  data:\n${"    'a\n".repeat(10_000)}`,
      says: /must be YAML/,
    },
    {
      name: 'a key that is a map',
      input: `${HEAD}${OTHER}  data: {? {a: b} : c}\n`,
      says: /a map or list used as a key/,
    },
  ];

/** Input that passes through unchanged. */
const HANDED_ON: readonly { readonly name: string; readonly input: string }[] = [
  {
    name: 'keys that mean something to JavaScript',
    input: `${HEAD}${OTHER}  data: {__proto__: {kind: A}, constructor: b, toString: c}\n  __proto__: {kind: A}\n`,
  },
  {
    name: 'a resource called after one',
    input: `${HEAD}${OTHER.replace('name: a', 'name: __proto__, namespace: constructor')}`,
  },
  { name: 'a line of 20 MB', input: `${HEAD}${OTHER}  data: {a: "${'x'.repeat(20_000_000)}"}\n` },
  { name: 'a key of 5 MB', input: `${HEAD}${OTHER}  data: {${'x'.repeat(5_000_000)}: 1}\n` },
  {
    name: 'text of 100 MB',
    input: `${HEAD}${OTHER}  data:\n    a: |\n${`      ${'x'.repeat(9_990)}\n`.repeat(10_000)}`,
  },
  { name: 'a plain text of 100,000 lines', input: `${HEAD}${OTHER}  data: a\n${'    b\n'.repeat(100_000)}` },
  { name: '100,000 resources of the same name', input: HEAD + OTHER.repeat(100_000) },
  {
    name: '100,000 aliases',
    input: `${HEAD}${OTHER}  data:\n    a0: &a0 {x: 1}\n${rows(100_000, (i) => `    b${i}: *a0\n`)}`,
  },
  { name: 'a key 100,000 times', input: `${HEAD}${OTHER}  data:\n${'    a: 1\n'.repeat(100_000)}` },
  {
    name: 'anchors in each other',
    input: `${HEAD}${OTHER}  data: ${'&a ['.repeat(400)}${']'.repeat(400)}\n`,
  },
  {
    name: 'pairs in each other',
    input: `${HEAD}${OTHER}  data: &x ${'[a: '.repeat(200)}${']'.repeat(200)}\n`,
  },
  { name: 'a line of tabs', input: `${HEAD}${OTHER}  data: &x\n   ${'\t'.repeat(200_000)}\n` },
  { name: 'a list without items', input: HEAD.replace('items:\n', '') },
  { name: 'a list with null for items', input: HEAD },
];

/** Enough memory for a list of that size, and far less than a bomb would need. */
const MEMORY = { NODE_OPTIONS: '--max-old-space-size=400' };
const MOST_SECONDS = 20;

function run(input: string | Buffer) {
  const start = Date.now();
  const ran = new Sandbox().groups([], { input, env: MEMORY });
  expect(Date.now() - start).toBeLessThan(MOST_SECONDS * 1000);
  return ran;
}

describe('nothing comes out of', () => {
  test.each(inTurn(REFUSED, 0, 2))('$name', ({ input, says }) => {
    const { status, stdout, stderr } = run(input);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(says);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });
});

describe('comes out as it came in:', () => {
  test.each(inTurn(HANDED_ON, 0, 2))('$name', ({ input }) => {
    const { status, stdout, stderr } = run(input);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    // Not `toBe`, which would print 100 MB on failure.
    expect(stdout === input).toBe(true);
  });
});

test('keys that mean something to JavaScript are keys like others in a group', () => {
  const keys = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'];
  const input = HEAD + GROUP + keys.map((key) => `    ${key}: {replicas: 1}\n`).join('');
  const { status, stderr } = run(input);
  expect(status).toBe(1);
  for (const key of keys) expect(stderr).toContain(`\`spec.${key}\` is not a known field`);
});

test('resources with the same name are an error where they are ours, each with its place', () => {
  const { status, stdout, stderr } = run(resourceList(CLUSTER, TIKV_GROUP, TIKV_GROUP, CLUSTER));
  expect(status).toBe(1);
  expect(stderr.match(/\[duplicate-resource\]/g)).toHaveLength(2);
  expect(at(readYaml(stdout)[0], 'results', 0, 'tags', 'code')).toBe('duplicate-resource');
});
