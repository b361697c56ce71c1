import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../scripts/bench/inputs/random.ts';
import { CLUSTER, configMap, stream, TIDB_GROUP, TIKV_GROUP, tikvGroup } from '../support/basic.ts';
import { documentsOf } from '../support/frame.ts';
import { EXPAND } from '../support/kustomize.ts';
import { inTurn, runs } from '../support/runs.ts';
import { EXECUTABLE, Sandbox } from '../support/sandbox.ts';
import { ANOTHER_USER, BASH, describeWith, KUSTOMIZE_4, KUSTOMIZE_5 } from '../support/tools.ts';

const INPUT = stream(
  CLUSTER,
  TIKV_GROUP,
  TIDB_GROUP,
  configMap('settings', '  a: "1"\n  text: |\n    one\n    two\n'),
);

/** Enough resources that a signal can arrive during the render. */
const MANY = 600;
const many = (text: string) =>
  stream(
    CLUSTER,
    TIKV_GROUP,
    ...Array.from({ length: MANY }, (_, index) => configMap(`c-${index}`, `  a: ${text}\n`)),
  );

const render = ['render', '-o', 'out', 'in.yaml'];

/** What is in a directory, and beside it. */
function trees(sandbox: Sandbox) {
  return {
    out: sandbox.exists('out') ? sandbox.files('out') : undefined,
    all: readdirSync(sandbox.root).sort(),
  };
}

describe('what cannot be written leaves nothing behind, and what was there as it was:', () => {
  const resource = (kind: string, name: string, namespace: string) =>
    JSON.stringify({ apiVersion: 'example.com/v1', kind, metadata: { name, namespace } });

  test.each([
    [
      'a namespace that leads out',
      resource('Thing', 'a', '../../escaped'),
      '`metadata.namespace` is "../../escaped"',
    ],
    ['a kind that leads out', resource('../../x', 'a', 'db'), '`kind` is "../../x"'],
    ['a name that leads out', resource('Thing', '../../../x', 'db'), '`metadata.name` is "../../../x"'],
    ['a name that is too long', resource('Thing', 'a'.repeat(250), 'db'), '`metadata.name` makes a file'],
  ])('%s', (_, bad, says) => {
    const sandbox = new Sandbox({ 'in.yaml': stream(CLUSTER, TIKV_GROUP) });
    for (const files of [{}, { 'out/README.md': 'mine\n' }]) {
      sandbox.write({ 'in.yaml': stream(CLUSTER, TIKV_GROUP), ...files });
      expect(sandbox.groups(render)).toMatchObject({ status: 0, stderr: '' });
      const before = trees(sandbox);
      sandbox.write({ 'in.yaml': stream(CLUSTER, TIKV_GROUP.replace('3', '4'), bad) });
      const { status, stdout, stderr } = sandbox.groups(render);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain(says);
      expect(stderr).toMatch(/^in\.yaml:\d+:\d+: error: /m);
      expect(trees(sandbox)).toEqual(before);
    }
  });

  test.skipIf(BASH.path === undefined)('a file that may not get so large', () => {
    const sandbox = new Sandbox({ 'in.yaml': INPUT });
    for (const old of [false, true]) {
      if (old) expect(sandbox.groups(render).status).toBe(0);
      const before = trees(sandbox);
      sandbox.write({ 'in.yaml': stream(INPUT, configMap('large', `  a: ${'x'.repeat(30_000)}\n`)) });
      const { status, stderr } = sandbox.run('bash', [
        '-c',
        'ulimit -f 8; tidb-groups render -o out in.yaml',
      ]);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^error: "out" must be a writable directory, but the file would exceed/);
      expect(trees(sandbox)).toEqual(before);
      sandbox.write({ 'in.yaml': INPUT });
    }
  });

  test('a directory where a file is to be, and a file where a directory is to be', () => {
    for (const path of ['out/db/configmap_hot-tikv.yaml/x', 'out/db']) {
      const sandbox = new Sandbox({ 'in.yaml': INPUT, [path]: 'mine\n' });
      const before = trees(sandbox);
      const { status, stderr } = sandbox.groups(render);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^error: "out\/db.*" must be a (?:file|directory) to be written; remove it\n$/);
      expect(trees(sandbox)).toEqual(before);
    }
  });

  test.skipIf(ANOTHER_USER.path === undefined)('a directory that somebody else may write only', () => {
    const sandbox = new Sandbox({ 'in.yaml': INPUT });
    mkdirSync(sandbox.path('out'));
    const before = trees(sandbox);
    const { status, stderr } = sandbox.groups(render, { user: 999 });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: "out" must be a writable directory, but you have no permission/);
    expect(trees(sandbox)).toEqual(before);
  });
});

describe('what is written is all there is, and what else somebody keeps there stays:', () => {
  test('beside the files, with the permissions that the directory has', () => {
    const sandbox = new Sandbox({ 'in.yaml': INPUT });
    expect(sandbox.groups(render).status).toBe(0);
    chmodSync(sandbox.path('out'), 0o750);
    sandbox.write({ 'in.yaml': INPUT.replace('a: "1"', 'a: "2"') });
    expect(sandbox.groups(render).status).toBe(0);
    expect(sandbox.read('out/db/configmap_settings.yaml')).toContain('a: "2"');
    expect(statSync(sandbox.path('out')).mode & 0o777).toBe(0o750);
    expect(readdirSync(sandbox.root).sort()).toEqual(['in.yaml', 'out']);
  });

  test.each(['out/README.md', 'out/.git/config', 'out/db/notes.txt', 'out/more/a.txt'])('%s', (path) => {
    const sandbox = new Sandbox({ 'in.yaml': INPUT, [path]: 'mine\n' });
    for (const value of ['1', '2']) {
      sandbox.write({ 'in.yaml': INPUT.replace('a: "1"', `a: "${value}"`) });
      expect(sandbox.groups(render)).toEqual({ status: 0, stdout: '', stderr: '' });
      expect(sandbox.read(path)).toBe('mine\n');
      expect(sandbox.read('out/db/configmap_settings.yaml')).toContain(`a: "${value}"`);
      expect(sandbox.groups(['validate', '--rendered', 'out']).status).toBe(0);
    }
    expect(readdirSync(sandbox.root).sort()).toEqual(['in.yaml', 'out']);
  });

  test('the directory that somebody works in is filled, and not replaced', () => {
    const sandbox = new Sandbox({ 'in.yaml': INPUT });
    mkdirSync(sandbox.path('out'));
    const { ino } = statSync(sandbox.path('out'));
    for (const _ of [1, 2]) {
      expect(sandbox.groups(['render', '-o', '.', '../in.yaml'], { cwd: 'out' }).status).toBe(0);
      expect(statSync(sandbox.path('out')).ino).toBe(ino);
    }
    expect(sandbox.groups(['validate', '--rendered', 'out']).status).toBe(0);
  });

  test.skipIf(ANOTHER_USER.path === undefined)('a directory in one that may not be written is filled', () => {
    const sandbox = new Sandbox({ 'in.yaml': INPUT });
    mkdirSync(sandbox.path('out'));
    chownSync(sandbox.path('out'), 999, 999);
    for (const _ of [1, 2])
      expect(sandbox.groups(render, { user: 999 })).toMatchObject({ status: 0, stderr: '' });
    expect(sandbox.exists('out/db/configmap_settings.yaml')).toBe(true);
  });
});

describe('a signal in the middle', () => {
  const random = seeded(7);
  const OLD = many('old');

  /** Renders over an earlier render, and sends a signal after a while. */
  async function interrupted(signal: NodeJS.Signals, after: number, other: boolean) {
    const sandbox = new Sandbox({ 'in.yaml': OLD, ...(other && { 'out/README.md': 'mine\n' }) });
    expect(sandbox.groups(render).status).toBe(0);
    const before = sandbox.files('out');
    sandbox.write({ 'in.yaml': many('young') });
    const child = spawn(EXECUTABLE, render, { cwd: sandbox.root, stdio: 'pipe' });
    const ended = once(child, 'exit');
    setTimeout(() => child.kill(signal), after);
    await ended;
    const isThere = sandbox.exists('out');
    const now = isThere ? sandbox.files('out') : {};
    const values = new Set(
      Object.entries(now).flatMap(([path, text]) =>
        path.startsWith('db/configmap_c-') ? [/a: (\w+)/.exec(text)?.[1]] : [],
      ),
    );
    return { sandbox, before, now, values: [...values], left: readdirSync(sandbox.root).sort() };
  }

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s: all of the old, or all of the new, and nothing else',
    async (signal) => {
      for (const other of [false, true]) {
        for (let count = 0; count < runs(6); count++) {
          const { before, now, values, left } = await interrupted(signal, 60 + random.below(300), other);
          expect(values).toHaveLength(1);
          expect(Object.keys(now)).toEqual(Object.keys(before));
          expect(left).toEqual(['in.yaml', 'out']);
        }
      }
    },
  );

  test('SIGKILL: all of the old or of the new, or it is seen', async () => {
    for (const other of [false, true]) {
      for (let count = 0; count < runs(8); count++) {
        const { sandbox, before, now, values } = await interrupted('SIGKILL', 60 + random.below(300), other);
        const isWhole =
          values.length === 1 &&
          Object.keys(now).filter((path) => !path.includes('.tidb-groups-')).length ===
            Object.keys(before).length;
        const seen = sandbox.groups(['validate', '--rendered', 'out']).status !== 0;
        expect(isWhole || seen).toBe(true);
        if (!other) expect(isWhole || !sandbox.exists('out')).toBe(true);
      }
    }
  });
});

describe('no cut goes unseen', () => {
  const isSeen = (sandbox: Sandbox, path: string) => {
    const { status, stdout } = sandbox.groups(['validate', '--rendered', path]);
    expect([0, 1, 2]).toContain(status);
    return status !== 0 || stdout.includes('error');
  };

  test('of a stream: behind any of its lines, and many of its bytes', async () => {
    const sandbox = new Sandbox({ 'in.yaml': INPUT });
    const { stdout } = sandbox.groups(['render', 'in.yaml']);
    const bytes = Buffer.from(stdout);
    sandbox.write({ 'whole.yaml': stdout });
    expect(isSeen(sandbox, 'whole.yaml')).toBe(false);
    const { validate } = await import('../../src/cli/validate.ts');
    const random = seeded(3);
    const lines = [...bytes.keys()].filter((index) => bytes[index] === 10).map((index) => index + 1);
    const ends = inTurn(lines, 0, 8);
    const others = Array.from({ length: runs(300) }, () => random.below(bytes.length));
    for (const end of new Set([...ends.filter((end) => end < bytes.length), ...others])) {
      writeFileSync(sandbox.path('cut.yaml'), bytes.subarray(0, end));
      const { report } = await validate([sandbox.path('cut.yaml')], { strict: false, rendered: true });
      expect(
        report.problems.some(({ severity }) => severity === 'error'),
        `cut at ${end}`,
      ).toBe(true);
    }
  });

  test('of a directory: any file, and any end of one', async () => {
    const sandbox = new Sandbox({ 'in.yaml': INPUT });
    expect(sandbox.groups(render).status).toBe(0);
    expect(isSeen(sandbox, 'out')).toBe(false);
    const { validate } = await import('../../src/cli/validate.ts');
    for (const [path, text] of Object.entries(sandbox.files('out'))) {
      if (path === '.tidb-groups') continue;
      const lines = text.split(/(?<=\n)/);
      const ends = inTurn([...lines.keys()], 0, 6).map((index) => lines.slice(0, index).join(''));
      const cuts = [undefined, ...ends, text.slice(0, -1)];
      for (const cut of cuts) {
        if (cut === undefined) rmSync(sandbox.path(join('out', path)));
        else sandbox.write({ [join('out', path)]: cut });
        const { report } = await validate([sandbox.path('out')], { strict: false, rendered: true });
        expect(
          report.problems.some(({ severity }) => severity === 'error'),
          `${path}: ${cut?.length}`,
        ).toBe(true);
      }
      sandbox.write({ [join('out', path)]: text });
    }
  });

  test('of a directory whose list is cut', () => {
    const sandbox = new Sandbox({ 'in.yaml': INPUT });
    expect(sandbox.groups(render).status).toBe(0);
    const list = sandbox.read('out/.tidb-groups');
    sandbox.write({ 'out/.tidb-groups': list.slice(0, -3) });
    expect(isSeen(sandbox, 'out')).toBe(true);
  });

  test('a directory may have more lines and files than were rendered, and other ends of lines', () => {
    const sandbox = new Sandbox({ 'in.yaml': INPUT });
    expect(sandbox.groups(render).status).toBe(0);
    for (const [path, text] of Object.entries(sandbox.files('out')))
      sandbox.write({ [join('out', path)]: text.replaceAll('\n', '\r\n') });
    sandbox.write({ 'out/db/more.yaml': configMap('more') });
    expect(isSeen(sandbox, 'out')).toBe(false);
  });
});

describeWith(inTurn([KUSTOMIZE_5, KUSTOMIZE_4], 0), 'the mark', (kustomize) => {
  const FILES = {
    'base/kustomization.yaml': 'resources: [in.yaml]\ntransformers: [expand.yaml, after.yaml]\n',
    'base/in.yaml': INPUT,
    'base/expand.yaml': EXPAND,
    'base/after.yaml':
      'apiVersion: builtin\nkind: ImageTagTransformer\nmetadata: {name: image}\nimageTag: {name: pingcap/tikv, newTag: v8.5.8}\n',
    'top/kustomization.yaml':
      'resources: [../base]\nnamespace: other\ncommonAnnotations: {team: db}\nlabels: [{pairs: {team: db}}]\n',
  };
  const build = (sandbox: Sandbox, directory: string) => {
    const { status, stdout, stderr } = sandbox.run(kustomize, [
      'build',
      '--enable-alpha-plugins',
      '--enable-exec',
      directory,
    ]);
    expect(status, stderr).toBe(0);
    return stdout;
  };
  const check = (sandbox: Sandbox, input: string) =>
    sandbox.groups(['validate', '--rendered', '-'], { input });
  /** The errors of the same, in the process of the test. */
  const codesOf = async (sandbox: Sandbox, input: string) => {
    const { validate } = await import('../../src/cli/validate.ts');
    sandbox.write({ 'built.yaml': input });
    const { report } = await validate([sandbox.path('built.yaml')], { strict: false, rendered: true });
    return report.problems.flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));
  };

  test('survives kustomize, and what layers above the function change', () => {
    const sandbox = new Sandbox(FILES);
    for (const directory of ['base', 'top']) {
      const built = build(sandbox, directory);
      expect(built).toMatch(/groups\.pingcap\.com\/rendered: 11-[0-9a-f]{7}$/m);
      expect(check(sandbox, built)).toMatchObject({ status: 0, stderr: '' });
    }
  });

  test('reports each resource that is missing', async () => {
    const sandbox = new Sandbox(FILES);
    const documents = documentsOf(build(sandbox, 'base'));
    for (const document of documents.filter((text) => /generated-by|kind: TidbCluster/.test(text))) {
      const rest = documents.filter((other) => other !== document).join('---\n');
      expect(await codesOf(sandbox, rest), document).toContain('render-incomplete');
    }
  });

  test('reports every cut after a resource', async () => {
    const sandbox = new Sandbox(FILES);
    const documents = documentsOf(build(sandbox, 'base'));
    const last = documents.findLastIndex((text) => /generated-by|kind: TidbCluster/.test(text));
    for (let count = 0; count <= last; count++) {
      expect(
        await codesOf(sandbox, documents.slice(0, count).join('---\n')),
        `${count} of ${documents.length}`,
      ).not.toEqual([]);
    }
  });
});

test('the mark changes with the set of resources, and not with their contents', () => {
  const markOf = (...groups: readonly string[]) => {
    const { stdout } = new Sandbox().groups(['render', '-'], { input: stream(CLUSTER, ...groups) });
    return /groups\.pingcap\.com\/rendered: (.*)/.exec(stdout)?.[1];
  };
  const mark = markOf(TIKV_GROUP);
  expect(mark).toMatch(/^6-/);
  for (const fields of [
    '  annotations: {a: b}\n',
    '  configUpdateStrategy: RollingUpdate\n  config: "a = 1"\n',
  ])
    expect(markOf(tikvGroup('hot', 'basic', fields))).toBe(mark);
  expect(markOf(TIKV_GROUP, TIDB_GROUP)).not.toBe(mark);
  expect(markOf(tikvGroup('cold', 'basic'))).not.toBe(mark);
  expect(markOf()).toBeUndefined();
});
