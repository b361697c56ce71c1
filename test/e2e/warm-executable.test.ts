import { expect, test } from 'vitest';
import { CLUSTER, resourceList, stream, TIDB_GROUP, TIKV_GROUP } from '../support/basic.ts';
import { installation, type RunOptions, Sandbox } from '../support/sandbox.ts';
import { WarmExecutable } from '../support/warm/executable.ts';

const LIST = resourceList(CLUSTER, TIKV_GROUP, TIDB_GROUP);
const FILES = {
  'old/all.yaml': stream(CLUSTER, TIKV_GROUP),
  'new/all.yaml': stream(CLUSTER, TIKV_GROUP.replace('replicas: 3', 'replicas: 5'), TIDB_GROUP),
  'broken/all.yaml': stream(CLUSTER, TIKV_GROUP.replace('name: basic', 'name: basix')),
  'policies.yaml': 'a: [1\n',
};

/** Every command, as the function, well and badly used; in this order, because each could leave something behind. */
const STARTS: readonly (readonly [args: readonly string[], options?: RunOptions])[] = [
  [[], { input: LIST }],
  [[], { input: 'kind: [\n' }],
  [['render', 'new']],
  [['render', '-o', 'out', 'new']],
  [['render', '--check', '-o', 'out', 'new']],
  [['render', '-'], { input: FILES['new/all.yaml'] }],
  [['render', 'broken']],
  [['validate', '-o', 'sarif', 'broken']],
  [['validate', '.'], { cwd: 'new' }],
  [['validate', '.']],
  [['diff', 'old', 'new']],
  [['diff', '-o', 'json', 'new', 'old']],
  [['adopt', 'new']],
  [['convert', 'new']],
  [['graph', 'new']],
  [['list', 'new'], { env: { NO_COLOR: '1', COLUMNS: '60' } }],
  [['list', 'new']],
  [['sql', 'new']],
  [['explain', 'cluster-not-found']],
  [['schema', 'TiKVGroup']],
  [['crds']],
  [['policy']],
  [['init', '--for', 'kpt', 'mine']],
  [['--help']],
  [['help', 'sql']],
  [['render', '--no-such-option']],
  [['nonsense']],
  [['diff', 'HEAD', 'new']],
  [[], { input: LIST }],
  [['--version']],
];

test('the executable says and writes the same in a process that stays as in one of its own', () => {
  const warm = new WarmExecutable(`${installation()}/tidb-groups`);
  const [own, kept] = [new Sandbox(FILES), new Sandbox(FILES)];
  const commands = new Set<string | undefined>();
  for (const [args, options = {}] of STARTS) {
    const ran = own.start(args, options);
    expect({ args, ...kept.startIn(warm, args, options) }).toEqual({ args, ...ran });
    expect(kept.files()).toEqual(own.files());
    commands.add(args[0]);
  }
  for (const command of own.start(['--help']).stdout.matchAll(/^ {2}([a-z]+) /gm)) {
    expect(commands).toContain(command[1]);
  }
});
