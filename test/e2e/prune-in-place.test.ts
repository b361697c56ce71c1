import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CLUSTER, configMap, stream } from '../support/basic.ts';
import { Sandbox } from '../support/sandbox.ts';
import { ANOTHER_USER } from '../support/tools.ts';

const FIRST = ['db/settings', 'third/gone', 'third/kept'];
const THEN = ['db/settings', 'second/new', 'third/kept'];
const PRUNE = ['render', '-o', 'o', '--prune', 'in.yaml'];

function input(names: readonly string[], value: string): string {
  const maps = names.map((name) => {
    const [namespace, of = ''] = name.split('/');
    return configMap(of, undefined, namespace).replace('\ndata:', `\n  labels: {v: "${value}"}\ndata:`);
  });
  return stream(CLUSTER, ...maps);
}

/** A directory that an earlier render filled, in which somebody keeps a note, and the next thing to render. */
function renderedBefore(): Sandbox {
  const sandbox = new Sandbox({ 'in.yaml': input(FIRST, '1'), 'o/note.txt': 'mine\n' });
  expect(sandbox.groups(['render', '-o', 'o', 'in.yaml']).status).toBe(0);
  sandbox.write({ 'in.yaml': input(THEN, '2') });
  return sandbox;
}

describe('where files move into a directory one by one, and stale ones out of it,', () => {
  test.skipIf(ANOTHER_USER.path === undefined)('one that cannot be removed leaves all as it was', () => {
    const sandbox = renderedBefore();
    for (const path of readdirSync(sandbox.path('o'), { recursive: true, encoding: 'utf8' }))
      chownSync(sandbox.path(`o/${path}`), 999, 999);
    chownSync(sandbox.path('o'), 999, 999);
    chmodSync(sandbox.path('o/third'), 0o555);
    const before = sandbox.files('o');
    // Nothing in there is written again, so that only the removal fails.
    sandbox.write({ 'in.yaml': input(['db/settings', 'second/new'], '2') });
    const { status, stderr } = sandbox.groups(PRUNE, { user: 999 });
    expect([status, stderr]).toEqual([2, expect.stringContaining('must be a writable directory')]);
    expect(sandbox.files('o')).toEqual(before);
    expect(readdirSync(sandbox.path('o')).sort()).toEqual(['.tidb-groups', 'db', 'note.txt', 'third']);
    chmodSync(sandbox.path('o/third'), 0o755);
    expect(sandbox.groups(PRUNE, { user: 999 })).toMatchObject({ status: 0, stderr: '' });
    expect(sandbox.exists('o/third')).toBe(false);
  });

  test('the next render puts all right, wherever the one before was killed', () => {
    const done = renderedBefore();
    expect(done.groups(PRUNE).status).toBe(0);
    const expected = done.files('o');
    let killed = 0;
    for (; ; killed++) {
      const sandbox = renderedBefore();
      sandbox.write({ 'kill.cjs': KILL });
      const env = { NODE_OPTIONS: `--require=${sandbox.path('kill.cjs')}`, LEFT: String(killed) };
      if (sandbox.groups(PRUNE, { env }).status === 0) break;
      // What the killed one would have written may be stale by then, too.
      const [unfinished = ''] = readdirSync(sandbox.path('o')).filter((name) =>
        name.startsWith('.tidb-groups-'),
      );
      sandbox.remove(`o/${unfinished}`);
      sandbox.write({ 'in.yaml': input(['db/settings'], '3') });
      expect(sandbox.groups(PRUNE)).toMatchObject({ status: 0, stderr: '' });
      expect(Object.keys(sandbox.files('o'))).toEqual([
        '.tidb-groups',
        'db/configmap_settings.yaml',
        'db/tidbcluster_basic.yaml',
        'note.txt',
      ]);
      sandbox.write({ 'in.yaml': input(THEN, '2') });
      expect(sandbox.groups(PRUNE).status).toBe(0);
      expect(sandbox.files('o')).toEqual(expected);
    }
    // The list twice, four files, and one that goes.
    expect(killed).toBe(7);
  });
});

/** Kills the process that it is loaded into before it renames a file, after as many as `LEFT` says. */
const KILL = `
const fs = require('node:fs');
const { renameSync } = fs;
let left = Number(process.env.LEFT);
fs.renameSync = (from, to) => {
  if (left-- === 0) process.kill(process.pid, 'SIGKILL');
  renameSync(from, to);
};
require('node:module').syncBuiltinESMExports();
`;
