import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { listJson } from '../../src/report/list-json.ts';
import { listMarkdown } from '../../src/report/list-markdown.ts';
import { listTable } from '../../src/report/list-table.ts';
import { widthOf } from '../../src/report/width.ts';
import { CLUSTER, configMap, stream, TIKV_GROUP, tikvGroup } from '../support/basic.ts';
import { hardSystems } from '../support/hard-systems.ts';
import { Sandbox } from '../support/sandbox.ts';
import { systemNamed } from '../support/system.ts';

const SYSTEMS = await hardSystems();
const FINE = stream(CLUSTER, TIKV_GROUP);

describe.each(['everything', 'joined'])('the system %s', async (name) => {
  const system = await systemNamed(name);
  test.each([
    ['txt', listTable(system)],
    ['md', listMarkdown(system)],
    ['json', listJson(system)],
  ])('as .%s', async (ending, text) => {
    await expect(text).toMatchFileSnapshot(`../../fixtures/systems/expected/${name}.${ending}`);
  });
});

describe.each(SYSTEMS)('of %s,', (_, system) => {
  test('the JSON fits docs/list.schema.json', () => {
    const schema = JSON.parse(readFileSync('docs/list.schema.json', 'utf8'));
    const check = new Ajv({ allErrors: true }).compile(schema);
    check(JSON.parse(listJson(system)));
    expect(check.errors ?? []).toEqual([]);
  });

  test('columns end where their heads end, as wide characters are shown', () => {
    const numbers = ['REPLICAS', 'CPU', 'MEMORY', 'STORAGE'];
    const parts = listTable(system).split(/(?<=\n)\n(?!SERVERS)/);
    // Notes stand below a table.
    for (const table of parts.filter((part) => part.includes('\nSERVERS '))) {
      const lines = table.trimEnd().split('\n').slice(2);
      const [head = ''] = lines;
      const total = lines.at(-1) ?? '';
      const rows = lines.slice(1).filter((line) => !line.startsWith(' '));
      expect(rows.length).toBeGreaterThan(0);
      for (const column of numbers) {
        const end = head.indexOf(column) + column.length;
        for (const row of rows) {
          const cut = cutAt(row, end);
          expect([column, cut, /\S$/.test(cut)]).toEqual([column, cut, true]);
        }
        expect(total[end] ?? ' ').toBe(' ');
      }
      for (const line of lines) expect(line).not.toMatch(/ $|\p{Cc}/u);
    }
  });

  /** What stands in so many columns of a terminal. */
  function cutAt(line: string, columns: number): string {
    let text = '';
    for (const character of line) if (widthOf(text + character) <= columns) text += character;
    return text;
  }

  test('every row of the Markdown has as many cells as its head', () => {
    for (const table of listMarkdown(system)
      .split('\n\n')
      .filter((part) => part.startsWith('|'))) {
      const counts = table
        .trimEnd()
        .split('\n')
        .map((row) => row.replaceAll(/`[^`]*`|\\\|/g, '').split('|').length);
      expect(new Set(counts).size).toBe(1);
    }
  });
});

test('markup in what users wrote is no markup in the Markdown', () => {
  const [, system] = SYSTEMS.find(([what]) => what === 'texts that mean something') ?? ['', { clusters: [] }];
  const outside = listMarkdown(system)
    .replaceAll(/(`+)[^`][\s\S]*?\1/g, '')
    .replaceAll('<br>', '')
    .replaceAll(/<\/?code>/g, '');
  expect(outside).not.toMatch(/<|(?<!\\)`|\[link\]\(/);
});

describe('the commands', () => {
  const COMMANDS = [['list'], ['list', '-o', 'json'], ['graph'], ['graph', '-o', 'svg']];

  test.each(COMMANDS)('%s %s %s: files, directories and standard input are the same', (...args) => {
    const sandbox = new Sandbox({ 'a/cluster.yaml': CLUSTER, 'a/groups.yaml': TIKV_GROUP, 'all.yaml': FINE });
    const command = args.filter((arg) => typeof arg === 'string');
    const results = [['a'], ['a/cluster.yaml', 'a/groups.yaml'], ['all.yaml'], ['-'], []].map((paths) =>
      sandbox.groups([...command, ...paths], { input: FINE }),
    );
    for (const result of results) expect(result).toEqual(results[0]);
    expect(results[0]).toMatchObject({ status: 0, stderr: '' });
    expect(results[0]?.stdout).toContain('hot');
  });

  test('a revision of a repository', () => {
    const sandbox = new Sandbox({ 'm/all.yaml': FINE });
    const git = (...args: string[]) =>
      sandbox.run('git', [
        '-c',
        'user.name=a',
        '-c',
        'user.email=a@b',
        '-c',
        'init.defaultBranch=main',
        ...args,
      ]);
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'a');
    const before = sandbox.groups(['list', 'm']).stdout;
    sandbox.write({ 'm/all.yaml': CLUSTER });
    expect(sandbox.groups(['list', 'git:HEAD:m']).stdout).toBe(before);
    expect(sandbox.groups(['list', 'm']).stdout).not.toContain('hot');
  });

  test.each([
    [
      'a group whose cluster is not there',
      stream(CLUSTER, tikvGroup('hot', 'basix')),
      1,
      /TiKVGroup db\/hot: `spec\.cluster\.name` must name a TidbCluster, .* \[cluster-not-found\]\n$/,
    ],
    [
      'what is wrong with a group',
      stream(CLUSTER, tikvGroup('hot', 'basic').replace('replicas: 3', 'replicas: -1')),
      1,
      /`spec\.replicas` must be/,
    ],
    [
      'neither clusters nor groups',
      configMap('a'),
      2,
      /^error: there must be a TidbCluster, or rendered groups, but the resources have neither; check the paths\n$/,
    ],
    ['nothing at all', '', 1, /there must be resources, but there are none/],
  ])('of %s say what to do, and nothing else', (_, input, expected, says) => {
    for (const command of COMMANDS) {
      const { status, stdout, stderr } = new Sandbox().groups([...command, '-'], { input });
      expect({ status, stdout }).toEqual({ status: expected, stdout: '' });
      expect(stderr).toMatch(says);
    }
  });
});
