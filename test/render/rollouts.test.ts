import { describe, expect, it } from 'vitest';
import { CLUSTER, stream, TIKV_GROUP, tikvGroup } from '../support/basic.ts';
import { at, readYaml } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';

const said = (rollout: string) =>
  TIKV_GROUP.replace('\nspec:', `\n  annotations: {groups.pingcap.com/rollout: ${rollout}}\nspec:`);
const config = (rollout: string) => withSettings(`rollout: ${rollout}`);
const withSettings = (settings: string) =>
  `apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\nspec: {${settings}}\n`;

function rolloutOf(sandbox: Sandbox, group = 'hot'): unknown {
  const text = sandbox.read(`out/db/statefulset_${group}-tikv.yaml`);
  const [set] = readYaml(text);
  return at(set, 'metadata', 'annotations', 'groups.pingcap.com/rollout') ?? 'Plain';
}

/** How the group comes out where each of these is rendered over the one before, to the same directory. */
function rendered(...inputs: readonly string[]): unknown[] {
  const sandbox = new Sandbox();
  return inputs.map((input) => {
    sandbox.write({ 'in.yaml': input });
    const { status, stderr } = sandbox.groups(['render', '-o', 'out', 'in.yaml']);
    expect(status).toBe(0);
    const rollout = rolloutOf(sandbox);
    // What nobody has written is said.
    const isKept = rollout === 'Plain' && !/rollout: Plain/.test(input);
    expect(stderr).toEqual(isKept ? expect.stringMatching(KEPT) : '');
    return rollout;
  });
}

const KEPT =
  /^in\.yaml:\d+:\d+: info: TiKVGroup db\/hot: the group is rendered `Plain` and stays so, because an earlier render wrote it so and its pods would restart; for `Safe` write `groups\.pingcap\.com\/rollout: Safe` under `metadata\.annotations`, or `rollout: Safe` in `spec` of the function config \[rollout-kept\]\n$/;

describe('a group that says nothing', () => {
  const ALL = stream(CLUSTER, TIKV_GROUP);
  it.each([
    ['is rendered Safe', [ALL], ['Safe']],
    ['stays so', [ALL, ALL], ['Safe', 'Safe']],
    [
      'stays Plain where an earlier render wrote that',
      [stream(CLUSTER, said('Plain')), ALL],
      ['Plain', 'Plain'],
    ],
    [
      'until its owner says otherwise',
      [stream(CLUSTER, said('Plain')), ALL, stream(CLUSTER, said('Safe'))],
      ['Plain', 'Plain', 'Safe'],
    ],
    [
      'or the function config does',
      [stream(CLUSTER, TIKV_GROUP, config('Plain')), ALL, stream(CLUSTER, TIKV_GROUP, config('Safe'))],
      ['Plain', 'Plain', 'Safe'],
    ],
  ])('%s', (_, inputs, outcomes) => {
    expect(rendered(...inputs)).toEqual(outcomes);
  });
});

describe('a group with zones that says nothing', () => {
  const LOCATED = CLUSTER.replace('config: ""', 'config: {replication: {location-labels: [zone, host]}}');
  const zoned = (zones: string, replicas: number) =>
    tikvGroup('hot', 'basic', zones === '' ? '' : `  zones: ${zones}\n`).replace(
      'replicas: 3',
      `replicas: ${replicas}`,
    );
  /** How each zone comes out where the second list of zones is rendered over the first. */
  function outcomes(rollout: string, before: string, after: string, names: readonly string[]): unknown[] {
    const sandbox = new Sandbox();
    for (const input of [
      stream(LOCATED, before, config(rollout)),
      stream(LOCATED, after, withSettings('guard: false')),
    ]) {
      sandbox.write({ 'in.yaml': input });
      const { status, stderr } = sandbox.groups(['render', '-o', 'out', 'in.yaml']);
      const isKept = rollout === 'Plain' && !input.includes('rollout: Plain');
      expect([status, stderr]).toEqual([0, isKept ? expect.stringMatching(KEPT) : '']);
    }
    return names.map((name) => rolloutOf(sandbox, name));
  }

  it.each([
    [
      'is as the zones that an earlier render wrote Plain',
      'Plain',
      zoned('[a, b]', 4),
      zoned('[a, b, c]', 6),
      ['hot-a', 'hot-b', 'hot-c'],
    ],
    [
      'is as those that it wrote Safe',
      'Safe',
      zoned('[a, b]', 4),
      zoned('[a, b, c]', 6),
      ['hot-a', 'hot-b', 'hot-c'],
    ],
    [
      'is as the group was whose name a zone keeps',
      'Plain',
      zoned('', 3),
      zoned('[{name: a, keepsName: true}, b, c]', 9),
      ['hot', 'hot-b', 'hot-c'],
    ],
  ])('with a new zone %s', (_, rollout, before, after, names) => {
    expect(outcomes(rollout, before, after, names)).toEqual(names.map(() => rollout));
  });
});
