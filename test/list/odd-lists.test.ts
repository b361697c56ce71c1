import { describe, expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/run.ts';
import { manifestOf, NO_CHANGES, openList, openStream, writeList } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { isMap, type Value } from '../../src/yaml/index.ts';
import { CLUSTER, configMap, OF_HOT, resourceList, TIKV_GROUP } from '../support/basic.ts';
import { at, readYaml, titleOf } from '../support/read-yaml.ts';
import { describeWith, YAML_READERS } from '../support/tools.ts';
import { type Answer, readEverywhere } from '../support/yaml-readers.ts';

const LIST = resourceList(CLUSTER, TIKV_GROUP, configMap('last', '  text: |\n    one\n    two\n'));
const [HEAD = '', ITEMS = ''] = LIST.split(/(?<=\n)(?=items)/);

/** Lists that mean the same. */
const SHAPES: readonly { readonly name: string; readonly text: string }[] = [
  { name: 'as kustomize writes it', text: LIST },
  { name: 'with its items first', text: ITEMS + HEAD },
  { name: 'after a comment and `---`', text: `# a list\n--- # here\n${LIST}` },
  { name: 'ended by `...`', text: `${LIST}...\n` },
  { name: 'with a directive', text: `%YAML 1.1\n---\n${LIST}...\n# the end\n` },
  { name: 'with Windows line ends', text: LIST.replaceAll('\n', '\r\n') },
  { name: 'with a byte order mark', text: `\ufeff${LIST}` },
  { name: 'indented', text: LIST.replaceAll(/^(?=.)/gm, '   ') },
  { name: 'with tabs before values', text: LIST.replaceAll(/(?<=\w): (?=\w)/g, ':\t') },
  { name: 'with a tab before brackets', text: `${LIST}results:\t[]\n` },
  { name: 'tagged', text: LIST.replace('items:', 'items: !!seq') },
  { name: 'with anchors', text: LIST.replaceAll(/^( *metadata:)$/gm, '$1 &a') },
  { name: 'with explicit keys', text: LIST.replace('kind: ResourceList', '? kind\n: ResourceList') },
  { name: 'with its first key explicit', text: LIST.replace('apiVersion: config', '? apiVersion\n: config') },
  { name: 'with a quoted key', text: LIST.replace('items:', '"items":') },
  { name: 'without a line break at its end', text: LIST.replace(/ \|\n.*\n.*\n$/, ' one') },
  { name: 'as JSON', text: jsonOf(LIST) },
  { name: 'as JSON on many lines', text: jsonOf(LIST, 2) },
  { name: 'as JSON with tabs', text: jsonOf(LIST, '\t') },
  { name: 'with its items in brackets', text: `${HEAD}items: ${jsonOf(ITEMS).slice(9, -1)}\n` },
];

function jsonOf(text: string, indent?: number | string): string {
  const digits = (_: string, value: Value) => (typeof value === 'bigint' ? Number(value) : value);
  return JSON.stringify(readYaml(text)[0], digits, indent);
}

async function output(text: string): Promise<{ readonly text: string; readonly failed: boolean }> {
  const { output, failed } = await run(Buffer.from(text));
  return { text: Buffer.concat([...output].map((piece) => Buffer.from(piece))).toString(), failed };
}

function items(text: string, version: '1.1' | '1.2'): string[] {
  const list = at(readYaml(text, version)[0], 'items');
  return Array.isArray(list) ? list.filter(isMap).map(titleOf) : [];
}

describe.each(SHAPES)('a list $name', ({ text }) => {
  test('is expanded, and then stays as it is', async () => {
    const first = await output(text);
    expect(first.failed).toBe(false);
    const titles = ['TidbCluster db/basic', 'TiKVGroup db/hot', ...OF_HOT, 'ConfigMap db/last'];
    expect(items(first.text, '1.1')).toEqual(titles);
    expect(items(first.text, '1.2')).toEqual(titles);
    expect(await output(first.text)).toEqual(first);
  });

  test('comes back with results where something is wrong', async () => {
    const wrong = text.replace(
      /(replicas["']?:\s*)3(?=\s*,?\s*["']?requests["']?:\s*\{?\s*["']?storage["']?:\s*["']?200)/,
      '$1"3"',
    );
    expect(wrong).not.toBe(text);
    const { text: out, failed } = await output(wrong);
    expect(failed).toBe(true);
    for (const version of ['1.1', '1.2'] as const) {
      expect(items(out, version)).toEqual(items(wrong, version));
      expect(at(readYaml(out, version)[0], 'results', 0, 'severity')).toBe('error');
    }
  });
});

describe('a block of text that ends with its file, without a line break, gets none from what is added', () => {
  const open = `${resourceList(CLUSTER, TIKV_GROUP)}- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: last}\n  data:\n    text: `;
  test.each([
    { header: '|', means: 'one\ntwo' },
    { header: '|-', means: 'one\ntwo' },
    { header: '|+', means: 'one\ntwo' },
    { header: '|2+ # why', means: 'one\ntwo' },
    { header: '>', means: 'one two' },
  ])('behind $header', async ({ header, means }) => {
    const { text, failed } = await output(`${open}${header}\n      one\n      two`);
    expect(failed).toBe(false);
    expect(at(readYaml(text)[0], 'items', 2 + OF_HOT.length, 'data', 'text')).toBe(means);
    const wrong = await output(
      `${open.replace('name: basic', 'name: other')}${header}\n      one\n      two`,
    );
    expect(wrong.failed).toBe(true);
    expect(at(readYaml(wrong.text)[0], 'items', 2, 'data', 'text')).toBe(means);
  });
});

const READ = { reads: () => false, names: () => true, markers: [] };

describeWith([YAML_READERS], 'however a block of text ends with its file', () => {
  const open = 'kind: ResourceList\nitems:\n- kind: A\n  data:\n    text: ';
  const bodies = ['', 'one', 'one\n\n        two'];
  const ends = [
    '',
    ' ',
    '      ',
    '        ',
    '\n',
    '\n  ',
    '\n      ',
    '\n        ',
    '\n\n    ',
    '\n \n       ',
  ];
  const texts = ['|', '|-', '|+', '|2', '|2+', '|+2 # why', '>', '>-', '>+'].flatMap((header) =>
    bodies.flatMap((body) =>
      ends.flatMap((end) => {
        const text = `${open}${header}\n      ${body}${end}`;
        return [text, text.replaceAll('\n', '\r\n')];
      }),
    ),
  );

  test('it means to Go what it has meant, behind it comes what may', async () => {
    const outputs = await Promise.all(texts.map(withOneMore));
    const [before = [], after = []] = [texts, outputs].map(readEverywhere);
    let compared = 0;
    for (const [index, text] of texts.entries()) {
      const [was, is] = [before, after].map((answers) => lastText(answers[index]?.get('go-yaml v2')));
      if (was === undefined) continue;
      compared++;
      expect({ text, value: is }).toEqual({ text, value: was });
    }
    expect(compared).toBeGreaterThan(texts.length / 2);
  });

  async function withOneMore(text: string): Promise<string> {
    const list = await openList(undefined, Buffer.from(text), READ, new Problems());
    const [last] = list?.items ?? [];
    if (list === undefined || last === undefined) return '';
    const changes = { ...NO_CHANGES, additions: new Map([[last, [{ kind: 'B' }]]]) };
    const pieces = [...writeList(list, changes, undefined)];
    return Buffer.concat(pieces.map((piece) => Buffer.from(piece))).toString();
  }

  function lastText(answer: Answer | undefined): string | undefined {
    return answer !== undefined && 'documents' in answer
      ? /"text":("(?:[^"\\]|\\.)*")/.exec(answer.documents.join())?.[1]
      : undefined;
  }
});

describe('manifests keep the comments around them', () => {
  const [one, two] = ['# one\n\napiVersion: v1\nkind: A # a\n# behind\n', '# two\nkind: B\napiVersion: v1\n'];
  test.each([
    { name: 'in a plain stream', text: `${one}---\n${two}`, comes: [one, two] },
    {
      name: 'beside a document with an anchor',
      text: `${one}---\n${two}---\nkind: &c C\napiVersion: v1\n`,
      comes: [one, two],
    },
    { name: 'behind a byte order mark', text: `\ufeff${one}--- # next\n${two}`, comes: [one, two] },
    { name: 'between end marks', text: `%YAML 1.1\n---\n${one}...\n---\n${two}...\n`, comes: [one, two] },
    {
      name: 'with Windows line ends',
      text: `${one}---\n${two}`.replaceAll('\n', '\r\n'),
      comes: [one, two].map((text) => text.replaceAll('\n', '\r\n')),
    },
    {
      name: 'around JSON',
      text: '# one\n{"kind": "A", "apiVersion": "v1"}\n# end\n---\n{"kind": "B", "apiVersion": "v1"}\n',
      comes: ['# one\n{"kind": "A", "apiVersion": "v1"}\n# end\n', '{"kind": "B", "apiVersion": "v1"}\n'],
    },
  ])('$name', async ({ text, comes }) => {
    const items = await openStream('a.yaml', Buffer.from(text), READ, new Problems());
    const manifests = await Promise.all(items.map(async (item) => String(await manifestOf(item, []))));
    expect(manifests.slice(0, 2)).toEqual(comes);
  });
});
