import { mkdirSync, symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { schema } from '../../src/api/texts.ts';
import { DANGERS } from '../../src/plan/index.ts';
import { CODES } from '../../src/problem/index.ts';
import {
  CLUSTER,
  configMap,
  resourceList,
  stream,
  TIDB_GROUP,
  TIKV_GROUP,
  tikvGroup,
} from '../support/basic.ts';
import { GROUP_CRDS } from '../support/group-crds.ts';
import { EXPAND } from '../support/kustomize.ts';
import { type RunOptions, Sandbox } from '../support/sandbox.ts';
import { describeWith, SCRIPT } from '../support/tools.ts';

const FINE = stream(CLUSTER, TIKV_GROUP, TIDB_GROUP);
const WARNED = stream(CLUSTER, tikvGroup('hot', 'basic').replace('cluster:\n    name:', 'clusterName:'));
const BROKEN = stream(CLUSTER, tikvGroup('hot', 'nobody'));

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);

describe('the exit status and the last line', () => {
  test.each([
    ['what is fine', FINE, [], 0, 'no problems in 3 resources'],
    ['a warning', WARNED, [], 0, '1 warning in 2 resources'],
    ['a warning, where the user is strict', WARNED, ['--strict'], 1, '1 error in 2 resources'],
    ['an error', BROKEN, [], 1, '1 error in 2 resources'],
    ['what is no YAML', 'a: [', [], 1, '1 error in 0 resources'],
    ['nothing', '', [], 1, '1 error in 0 resources'],
    ['another kind of resource', configMap('a'), [], 0, 'no problems in 1 resource'],
    [
      'a ResourceList',
      resourceList(CLUSTER, TIKV_GROUP, configMap('a')),
      [],
      0,
      'no problems in 3 resources',
    ],
    ['a function config that is right', stream(FINE, EXPAND), [], 0, 'no problems in 4 resources'],
    ['one that is wrong', stream(FINE, `${EXPAND}spec: {strict: 1}\n`), [], 1, '1 error in 4 resources'],
  ])('of %s', (_, input, args, expected, last) => {
    for (const sandbox of [new Sandbox({ 'a/b.yaml': input })]) {
      for (const [paths, options] of [
        [['a'], {}],
        [['a/b.yaml'], {}],
        [['-'], { input }],
        [[], { input }],
      ] as [string[], RunOptions][]) {
        const { status, stdout, stderr } = sandbox.groups(['validate', ...args, ...paths], options);
        expect({ status, last: lastLine(stdout), stderr }).toEqual({ status: expected, last, stderr: '' });
      }
    }
  });
});

describe('a place', () => {
  test.each([
    ['in a file', ['groups.yaml'], 'groups.yaml:8:11: error: '],
    ['in a directory', ['.'], 'groups.yaml:8:11: error: '],
    ['on standard input', ['-'], '<stdin>:8:11: error: '],
  ])('%s', (_, paths, says) => {
    const group = tikvGroup('hot', 'nobody');
    const { stdout } = new Sandbox({ 'groups.yaml': group }).groups(['validate', ...paths], { input: group });
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      expect.stringContaining(says),
      '  8 |     name: nobody',
      '    |           ^^^^^^',
    ]);
  });

  test('is right in a file with Windows line ends, behind letters of several bytes, and the line is shown without them', () => {
    const text = tikvGroup('hot', 'basic', '  labels: {"大": "ü", team: [a]}\n').replaceAll('\n', '\r\n');
    const { stdout } = new Sandbox({ 'a.yaml': `\ufeff${text}` }).groups(['validate', '.']);
    expect(stdout).toContain('a.yaml:12:28: error: TiKVGroup db/hot: `spec.labels.team` must be a string');
    const carets = `     | ${' '.repeat(28)}^^^`;
    expect(stdout).toContain(`\n  12 |   labels: {"大": "ü", team: [a]}\n${carets}\n`);
    expect(stdout).not.toContain('\r');
  });
});

test('a file that is named twice is read once', () => {
  const { status, stdout } = new Sandbox({ 'a/b.yaml': FINE }).groups([
    'validate',
    'a',
    'a/b.yaml',
    './a/b.yaml',
  ]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'no problems in 3 resources\n' });
});

describe('--rendered', () => {
  const expanded = () => new Sandbox().groups(['render', '-'], { input: FINE }).stdout;

  test('passes what has been rendered', () => {
    const { status, stdout } = new Sandbox().groups(['validate', '--rendered', '-'], { input: expanded() });
    expect({ status, last: lastLine(stdout) }).toEqual({ status: 0, last: 'no problems in 12 resources' });
  });

  test('passes a package, where the groups stay beside their workloads', () => {
    const { stdout: input } = new Sandbox().groups([], {
      input: resourceList(CLUSTER, TIKV_GROUP, TIDB_GROUP),
    });
    expect(new Sandbox().groups(['validate', '--rendered', '-'], { input }).status).toBe(0);
  });

  test('fails where no function has run', () => {
    const { status, stdout } = new Sandbox().groups(['validate', '--rendered', '-'], { input: FINE });
    expect(status).toBe(1);
    expect(stdout.match(/\[group-not-expanded\]/g)).toHaveLength(2);
  });

  test('fails where one group of two has been left out', () => {
    const { stdout } = new Sandbox().groups([], { input: resourceList(CLUSTER, TIKV_GROUP) });
    const sandbox = new Sandbox({ 'list.yaml': stdout, 'web.yaml': TIDB_GROUP });
    const { status, stdout: said } = sandbox.groups(['validate', '--rendered', '.']);
    expect(status).toBe(1);
    expect(said).toContain('web.yaml:2:7: error: TiDBGroup db/web: the TiDBGroup "web" must be rendered');
    expect(said).not.toContain('hot');
  });
});

describe('other formats', () => {
  const run = (format: string, options: RunOptions = {}) =>
    new Sandbox({ 'a b/ü.yaml': BROKEN }).groups(['validate', '-o', format, 'a b'], options).stdout;

  test('name files from the working directory', () => {
    expect(JSON.parse(run('json')).problems[0]).toMatchObject({ file: 'a b/ü.yaml', line: 29 });
    expect(run('github')).toContain('::error file=a b/ü.yaml,line=29,');
    expect(run('sarif')).toContain('"uri": "a%20b/%C3%BC.yaml"');
  });

  test('name files from the root of the repository where GitHub says which that is', () => {
    const sandbox = new Sandbox({ 'repository/sub/a.yaml': BROKEN });
    const options = { cwd: 'repository/sub', env: { GITHUB_WORKSPACE: sandbox.path('repository') } };
    const said = (format: string) => sandbox.groups(['validate', '-o', format, './a.yaml'], options).stdout;
    expect(said('github')).toContain('::error file=sub/a.yaml,line=29,');
    expect(said('sarif')).toContain('"uri": "sub/a.yaml"');
  });

  test('name no file for standard input', () => {
    const said = (format: string) =>
      new Sandbox().groups(['validate', '-o', format, '-'], { input: BROKEN }).stdout;
    expect(said('github')).toMatch(/^::error title=/);
    expect(said('sarif')).not.toContain('physicalLocation');
    expect(JSON.parse(said('json')).problems[0]).toMatchObject({ file: '<stdin>', line: 29 });
  });
});

describe('other commands', () => {
  test('`crds` prints the CRDs, and `schema` the schema of a kind, in any spelling', () => {
    expect(new Sandbox().groups(['crds'])).toEqual({ status: 0, stdout: GROUP_CRDS, stderr: '' });
    expect(new Sandbox().groups(['schema', 'tikvgroup'])).toEqual({
      status: 0,
      stdout: schema('TiKVGroup'),
      stderr: '',
    });
  });

  test('`explain` lists all codes with their severities, and prints the section of one', () => {
    const { stdout } = new Sandbox().groups(['explain']);
    const listed = [...stdout.matchAll(/^([a-z0-9-]+) \((\w+)\): \S.*\.$/gm)].map(([, code, severity]) => [
      code,
      severity,
    ]);
    const dangers = Object.keys(DANGERS).map((code) => [code, 'danger']);
    expect(listed).toEqual([...Object.entries(CODES), ...dangers]);
    expect(new Sandbox().groups(['explain', 'cidr']).stdout).toMatch(/^### `cidr`\n\nError\. .*\n$/s);
  });

  test.each([
    ['render', ['render', '-']],
    ['the function', []],
  ])('%s says that warnings are errors where the user is strict', (_, args) => {
    const strict = args.length > 0 ? ['--strict'] : [];
    const group = tikvGroup('hot', 'basic').replace('cluster:\n    name:', 'clusterName:');
    const input =
      args.length > 0
        ? stream(CLUSTER, group)
        : `${resourceList(CLUSTER, group)}functionConfig:\n  ${`${EXPAND}spec:\n  strict: true`.replaceAll('\n', '\n  ')}\n`;
    const { status, stderr } = new Sandbox().groups([...args, ...strict], { input });
    expect(status).toBe(1);
    expect(stderr).toMatch(/error: TiKVGroup db\/hot: .* \[cluster-name-deprecated\]\n$/);
  });
});

describe('misuse', () => {
  test.each([
    ['an unknown command', ['vaildate'], "unknown command 'vaildate'\n(Did you mean validate?)"],
    ['an unknown option', ['validate', '--stict'], "unknown option '--stict'\n(Did you mean --strict?)"],
    ['an unknown format', ['validate', '-o', 'xml', '.'], 'Allowed choices are text, json, github, sarif.'],
    [
      'a path that is not there',
      ['validate', 'nowhere'],
      '"nowhere" must be a file or a directory, but it does not exist; check the path',
    ],
    [
      'a path below a file',
      ['validate', 'a.yaml/b'],
      '"a.yaml/b" must be a file or a directory, but part of its path is not a directory; check the path',
    ],
    [
      'a link in a circle',
      ['validate', 'circle'],
      '"circle" must be a file or a directory, but its symbolic links form a loop; fix them',
    ],
    [
      'a directory without manifests',
      ['validate', 'empty'],
      '"empty" must contain manifests, but no file in it ends in .yaml, .yml or .json; check the path',
    ],
    ['one such directory beside others', ['render', 'a.yaml', 'empty'], '"empty" must contain manifests'],
    [
      'an output that is a file',
      ['render', '-o', 'a.yaml', 'a.yaml'],
      '"a.yaml" must be a writable directory, but part of its path is not a directory',
    ],
    [
      'a manifest that is a link to nowhere',
      ['validate', 'links'],
      '"links/gone.yaml" must be readable, but it does not exist; check the path',
    ],
    ['a schema of another kind', ['schema', 'Pod'], 'the kind must be one of TidbCluster, TiKVGroup, '],
    [
      'a code that is nearly one',
      ['explain', 'store-scalein'],
      'there is no code "store-scalein"; did you mean "store-scale-in"? `tidb-groups explain` lists all of them',
    ],
    [
      'a code that there is not',
      ['explain', 'nothing'],
      'there is no code "nothing"; `tidb-groups explain` lists all of them',
    ],
    [
      'one argument too many',
      ['crds', 'more'],
      '`tidb-groups crds` takes no arguments, and "more" is one too many; remove it',
    ],
    [
      'one kind too many',
      ['schema', 'TiKVGroup', 'PDGroup'],
      'takes 1 argument only, and "PDGroup" is one too many',
    ],
  ])('%s exits with 2 and says what to do', (_, args, says) => {
    const sandbox = new Sandbox({ 'a.yaml': FINE });
    mkdirSync(sandbox.path('empty'));
    symlinkSync('circle', sandbox.path('circle'));
    mkdirSync(sandbox.path('links'));
    symlinkSync('../nowhere.yaml', sandbox.path('links/gone.yaml'));
    const { status, stdout, stderr } = sandbox.groups(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('    at ');
  });

  test('a file that cannot be read exits with 2', () => {
    const { status, stderr } = new Sandbox().groups(['validate', '/proc/self/mem']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: "\/proc\/self\/mem" must be readable, but .*; check the path\n$/);
  });
});

describe('a reader that goes away', () => {
  test.each([['crds'], ['schema TidbCluster'], ['explain'], ['--help'], ['validate -o sarif .']])(
    'ends `%s`, which says so',
    (command) => {
      const sandbox = new Sandbox({ 'a.yaml': stream(...Array.from({ length: 500 }, () => BROKEN)) });
      const { stderr } = sandbox.run('bash', ['-c', `{ sleep 0.2; tidb-groups ${command}; } | true`]);
      expect(stderr).toBe(
        'error: output must be writable, but whoever read it has stopped; read it to its end\n',
      );
    },
  );
});

describeWith([SCRIPT], 'on a terminal', (script) => {
  const shown = (command: string, env = {}) =>
    new Sandbox({ 'a.yaml': BROKEN }).run(script, ['-qec', command, '/dev/null'], { env }).stdout;

  test('there are colors, unless NO_COLOR is set', () => {
    expect(shown('tidb-groups validate .')).toContain('a.yaml:29:11: \u001b[1;31merror\u001b[0m: ');
    expect(shown('tidb-groups validate .', { NO_COLOR: '1' })).not.toContain('\u001b');
    expect(shown('tidb-groups validate . | cat')).not.toContain('\u001b');
  });

  test('nobody waits for input that was not announced', () => {
    expect(shown('tidb-groups validate; echo $?')).toMatch(
      /^error: name files or directories to read, .*\r\n2\r\n$/,
    );
  });
});
