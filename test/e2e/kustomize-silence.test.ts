import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CLUSTER, GENERATED, stream, TIDB_GROUP, TIKV_GROUP } from '../support/basic.ts';
import { unframed } from '../support/frame.ts';
import { build as buildIn, EXPAND } from '../support/kustomize.ts';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { type Ran, Sandbox } from '../support/sandbox.ts';
import { describeWith, KUBECTL, KUSTOMIZE_4, KUSTOMIZE_5_8 } from '../support/tools.ts';

const BOTH = ['--enable-alpha-plugins', '--enable-exec'];
/** What people forget; kustomize then skips the function. */
const NO_EXEC = ['--enable-alpha-plugins'];

/** The guard of the recipes, as users copy it. */
const GUARD = readFileSync(
  new URL('../../examples/kustomize/functions/fail-unless-expanded.yaml', import.meta.url),
  'utf8',
);

/** What a build says of its groups. */
type Groups = 'expanded' | 'as they are' | 'gone' | 'no build';

/** Whether the groups' file has local-config, whether the kustomization ends in `fail-unless-expanded`; and then? */
const FACTS: readonly [
  local: boolean,
  guard: boolean,
  flags: readonly string[],
  groups: Groups,
  says?: string,
][] = [
  [false, false, BOTH, 'expanded'],
  [false, true, BOTH, 'expanded'],
  [true, false, BOTH, 'expanded'],
  [true, true, BOTH, 'expanded'],
  // Silent, but seen by `validate --rendered`, and by a cluster, which does not know the kind.
  [false, false, NO_EXEC, 'as they are'],
  // Silent, and no check finds it.
  [true, false, NO_EXEC, 'gone'],
  [false, true, NO_EXEC, 'no build', 'fieldPath `metadata.annotations.[groups.pingcap.com/tikv]` is missing'],
  [true, true, NO_EXEC, 'no build', 'fieldPath `metadata.annotations.[groups.pingcap.com/tikv]` is missing'],
  [false, false, [], 'no build', "unable to load external plugin 'ExpandTidbGroups'"],
  [true, true, [], 'no build', "unable to load external plugin 'ExpandTidbGroups'"],
];

describeWith([KUSTOMIZE_5_8, KUSTOMIZE_4], 'what it does silently', (kustomize) => {
  const build = (sandbox: Sandbox, flags: readonly string[], directory = 'base'): Ran =>
    buildIn(sandbox, kustomize, directory, [], flags);
  const known = new Map<string, Ran>();
  /** The same kustomization with the same flags is built once. */
  const builtOnce = (local: boolean, guard: boolean, flags: readonly string[]): Ran => {
    const key = JSON.stringify([local, guard, flags]);
    const ran = known.get(key) ?? build(directory(local, guard), flags);
    known.set(key, ran);
    return ran;
  };

  describe.each(FACTS)('local groups: %s, guard: %s, flags: %s', (local, guard, flags, groups, says = '') => {
    test(`leaves groups: ${groups}`, () => {
      const ran = builtOnce(local, guard, flags);
      expect(groupsIn(ran)).toBe(groups);
      expect(ran.stderr).toContain(says);
      if (groups !== 'no build') expect(ran.stderr).toBe('');
    });

    test('and `validate --rendered` fails where groups are left, or there is nothing', () => {
      const { stdout: input } = builtOnce(local, guard, flags);
      const { status, stdout } = new Sandbox().groups(['validate', '--rendered', '-'], { input });
      expect(status).toBe(groups === 'expanded' || groups === 'gone' ? 0 : 1);
      expect(stdout.includes('[group-not-expanded]')).toBe(groups === 'as they are');
    });
  });

  test('under `generators` the function fails, with a guard and without', () => {
    for (const guard of [false, true]) {
      const sandbox = directory(false, guard);
      const text = sandbox.read('base/kustomization.yaml').replace('[expand.yaml', '[').replace('[, ', '[');
      sandbox.write({ 'base/kustomization.yaml': `${text}generators: [expand.yaml]\n` });
      expect(groupsIn(build(sandbox, BOTH))).toBe('no build');
    }
  });

  test('guards change not one byte of a build that is right', () => {
    const expected = builtOnce(false, false, BOTH);
    for (const [local, guard] of FACTS) expect(builtOnce(local, guard, BOTH)).toEqual(expected);
  });

  test('a validator of the function is skipped as well', () => {
    const sandbox = directory(false, false, 'validators: [validate.yaml]\n');
    expect(groupsIn(build(sandbox, NO_EXEC))).toBe('as they are');
  });

  test('local groups in a base never reach the function of an overlay, in 4.5; the guard finds that', () => {
    const sandbox = directory(true, false);
    sandbox.write({
      'base/kustomization.yaml': 'resources: [resources.yaml]\n',
      'overlay/kustomization.yaml': 'resources: [../base]\ntransformers: [expand.yaml]\n',
      'overlay/expand.yaml': EXPAND,
      'overlay/guard.yaml': GUARD,
    });
    const isEarly = kustomize === KUSTOMIZE_4.path;
    expect(groupsIn(build(sandbox, BOTH, 'overlay'))).toBe(isEarly ? 'gone' : 'expanded');
    const guarded = 'resources: [../base]\ntransformers: [expand.yaml, guard.yaml]\n';
    sandbox.write({ 'overlay/kustomization.yaml': guarded });
    expect(groupsIn(build(sandbox, BOTH, 'overlay'))).toBe(isEarly ? 'no build' : 'expanded');
  });

  test('what a function in a base made is renamed by the overlay above, and `validate --rendered` sees that', () => {
    const sandbox = directory(false, true);
    sandbox.write({ 'overlay/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\n' });
    const { stdout: input, ...ran } = build(sandbox, BOTH, 'overlay');
    expect(ran).toEqual({ status: 0, stderr: '' });
    expect(input).toContain('--pd=http://basic-pd:2379');
    const { status, stdout } = sandbox.groups(['validate', '--rendered', '-'], { input });
    expect(status).toBe(1);
    expect(stdout).toContain(
      '`metadata.name` is "prod-hot-tikv", but the TiKVGroup "hot" was rendered as "hot-tikv"',
    );
    expect(stdout.match(/\[render-renamed\]/g)).toHaveLength(2);
  });

  test('a build that is piped into `tidb-groups render` comes out of it as it is', () => {
    const { stdout: input } = builtOnce(false, true, BOTH);
    const { status, stdout, stderr } = new Sandbox().groups(['render', '-'], { input });
    expect({ status, stdout: unframed(stdout), stderr }).toEqual({ status: 0, stdout: input, stderr: '' });
  });
});

describeWith([KUBECTL], 'the kustomize in it', (kubectl) => {
  test.each(FACTS.filter(([, , flags]) => flags !== BOTH))(
    'has no flag that would run the function; local groups: %s, guard: %s, flags: %s',
    (local, guard, flags, groups, says = '') => {
      const ran = directory(local, guard).run(kubectl, ['kustomize', ...flags, 'base']);
      expect(groupsIn(ran)).toBe(groups);
      expect(ran.stderr).toContain(says);
      const asked = new Sandbox().run(kubectl, ['kustomize', '--enable-exec', '.']);
      expect(asked).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('unknown flag: --enable-exec'),
      });
    },
  );
});

/** A kustomization of one layer: the least cluster and groups, the function, and what guards it. */
function directory(local: boolean, guard: boolean, more = ''): Sandbox {
  const mark = '\n  annotations:\n    config.kubernetes.io/local-config: "true"\nspec:';
  const groups = [TIKV_GROUP, TIDB_GROUP].map((text) => (local ? text.replace('\nspec:', mark) : text));
  return new Sandbox({
    'base/resources.yaml': stream(CLUSTER, ...groups),
    'base/expand.yaml': EXPAND,
    'base/guard.yaml': GUARD,
    'base/validate.yaml': EXPAND.replace('ExpandTidbGroups', 'ValidateTidbGroups'),
    'base/kustomization.yaml': `resources: [resources.yaml]\ntransformers: [expand.yaml${guard ? ', guard.yaml' : ''}]\n${more}`,
  });
}

function groupsIn({ status, stdout }: Ran): Groups {
  if (status !== 0 && stdout === '') return 'no build';
  expect(status).toBe(0);
  const titles = readYaml(stdout).map(titleOf);
  expect(titles).toContain('TidbCluster db/basic');
  if (GENERATED.every((title) => titles.includes(title))) return 'expanded';
  expect(titles.filter((title) => GENERATED.includes(title))).toEqual([]);
  return titles.includes('TiKVGroup db/hot') && titles.includes('TiDBGroup db/web') ? 'as they are' : 'gone';
}
