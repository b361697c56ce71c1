import { describe, expect, it } from 'vitest';
import { CLUSTER, stream, TIKV_GROUP } from '../support/basic.ts';
import { at, readYaml } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';

const said = (rollout: string) =>
  TIKV_GROUP.replace('\nspec:', `\n  annotations: {groups.pingcap.com/rollout: ${rollout}}\nspec:`);
const config = (rollout: string) =>
  `apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\nspec: {rollout: ${rollout}}\n`;

function rolloutOf(sandbox: Sandbox): unknown {
  const text = sandbox.read('out/db/statefulset_hot-tikv.yaml');
  const [set] = readYaml(text);
  return at(set, 'metadata', 'annotations', 'groups.pingcap.com/rollout') ?? 'Plain';
}

/** How the group comes out where each of these is rendered over the one before, to the same directory. */
function rendered(...inputs: readonly string[]): unknown[] {
  const sandbox = new Sandbox();
  return inputs.map((input) => {
    sandbox.write({ 'in.yaml': input });
    const { status, stderr } = sandbox.groups(['render', '-o', 'out', 'in.yaml']);
    expect([status, stderr]).toEqual([0, '']);
    return rolloutOf(sandbox);
  });
}

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
