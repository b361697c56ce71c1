import { expect, test } from 'vitest';
import { FLAGS } from '../../src/io/flags.ts';
import { CLUSTER, configMap, resourceList, stream, TIDB_GROUP, TIKV_GROUP } from '../support/basic.ts';
import { inTurn } from '../support/runs.ts';
import { EXECUTABLE, Sandbox } from '../support/sandbox.ts';
import { describeWith, NEWER_NODES, type Tool } from '../support/tools.ts';

const many = Array.from({ length: 5000 }, (_, index) => configMap(`settings-${index}`));
const small = [CLUSTER, TIKV_GROUP, TIDB_GROUP];
const large = [CLUSTER, ...many, TIKV_GROUP];

describeWith(inTurn(NEWER_NODES, 1), 'the output is the same, and nothing else is printed', (node) => {
  test.each([
    ['of a small list', [], resourceList(...small)],
    ['of a large list', [], resourceList(...large)],
    ['of a list that is read carefully', [], resourceList(...large).replaceAll('\n', '\r\n')],
    ['of manifests', ['render', '-'], stream(...large)],
    ['of a comparison', ['diff', '-', '.'], stream(...small)],
  ])('%s', (_, args, input) => {
    const sandbox = new Sandbox({ 'now.yaml': stream(CLUSTER, TIKV_GROUP) });
    const ran = sandbox.run(node, [EXECUTABLE, ...args], { input });
    expect(ran).toEqual(sandbox.groups(args, { input }));
    expect(ran.stderr).toBe('');
    expect(ran.stdout).not.toBe('');
  });
});

const NODES: readonly Tool[] = [{ name: 'this node', path: process.execPath, advice: '' }, ...NEWER_NODES];

for (const tool of NODES) {
  describeWith([tool], 'V8 has for much work what it has by default', (node) => {
    test('in each of the flags', () => {
      const { stdout } = new Sandbox().run(node, ['--v8-options']);
      const defaults = new Set(stdout.match(/(?<=default: )--\S+/g));
      const flags = FLAGS.flatMap(([, much]) => much ?? []);
      expect(flags.filter((flag) => !defaults.has(flag))).toEqual([]);
    });
  });
}
