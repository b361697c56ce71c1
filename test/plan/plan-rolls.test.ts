import { describe, expect, it, test } from 'vitest';
import { CLUSTER, stream, TIKV_GROUP, tikvGroup } from '../support/basic.ts';
import { planOf } from '../support/plan.ts';

const HOT = 'TiKVGroup db/hot';

function hot(rollout: string, spec = ''): string {
  const annotations = `\n  annotations: {groups.pingcap.com/rollout: ${rollout}}\nspec:`;
  return `${TIKV_GROUP.replace('\nspec:', annotations)}${spec}`;
}

async function notesOn(old: string, now: string): Promise<string[]> {
  const { workloads } = await planOf(stream(CLUSTER, old), stream(CLUSTER, now));
  return workloads.flatMap(({ workload, notes }) => (workload === HOT ? notes : []));
}

describe('a roll of stores says what it risks', () => {
  const more = '  env: [{name: A, value: b}]\n';
  const risk = /^Kubernetes goes on to the next store .*: write `groups.pingcap.com\/rollout: Safe`/;
  it.each([
    ['where they are Plain', hot('Plain'), hot('Plain', more), true],
    ['not where they are Safe', hot('Safe'), hot('Safe', more), false],
    ['nor where they become Safe', hot('Plain'), hot('Safe', more), false],
    ['where they become Plain', hot('Safe'), hot('Plain'), true],
    ['not where nothing restarts', hot('Plain'), hot('Plain').replace('200Gi', '200Gi # more'), false],
    [
      'nor where people delete the pods',
      hot('Plain', '  statefulSetUpdateStrategy: OnDelete\n'),
      hot('Plain', `  statefulSetUpdateStrategy: OnDelete\n${more}`),
      false,
    ],
    [
      'nor of a single one',
      hot('Plain').replace('replicas: 3', 'replicas: 1'),
      hot('Plain', more).replace('replicas: 3', 'replicas: 1'),
      false,
    ],
  ])('%s', async (_, old, now, isSaid) => {
    expect((await notesOn(old, now)).some((note) => risk.test(note))).toBe(isSaid);
  });
});

it('a group that becomes Safe restarts once, and comes with a budget and a drain Job', async () => {
  const { workloads, resources } = await planOf(stream(CLUSTER, hot('Plain')), stream(CLUSTER, hot('Safe')));
  const its = workloads.find(({ workload }) => workload === HOT);
  expect(its?.verdicts).toContain('restarted');
  expect(its?.fields).toMatchObject([
    {
      field: 'metadata.annotations["groups.pingcap.com/rollout"]',
      old: 'Plain',
      new: 'Safe',
      effect: 'restart',
    },
  ]);
  const created = resources.filter(({ verdict }) => verdict === 'created');
  expect(created.map(({ resource: { kind, name } }) => `${kind} ${name}`)).toEqual([
    'ConfigMap hot-tikv-drain',
    expect.stringMatching(/^Job hot-tikv-drain-[0-9a-f]{7}$/),
    'PodDisruptionBudget basic-tikv',
  ]);
});

describe('a budget that lets more stores go than PD has replicas for is a danger', () => {
  const keeping = (replicas: number) =>
    CLUSTER.replace('config: ""', `config: {replication: {max-replicas: ${replicas}}}`);
  it.each([
    ['more of them, which PD does not know', keeping(3), keeping(5), true],
    ['fewer of them', keeping(5), keeping(3), false],
    ['the same', keeping(5), keeping(5), false],
  ])('%s', async (_, old, now, isDanger) => {
    const { dangers } = await planOf(stream(old, hot('Safe')), stream(now, hot('Safe')));
    const found = dangers.filter(({ code }) => code === 'quorum-at-risk');
    expect(found).toHaveLength(isDanger ? 1 : 0);
    if (!isDanger) return;
    expect(found[0]?.message).toBe(
      'the PodDisruptionBudget "basic-tikv" lets 2 stores of db/basic be evicted at a time, but with max-replicas 3, which PD keeps until it is told otherwise, a region tolerates the loss of 1',
    );
    expect(found[0]?.instead.join()).toContain('config set max-replicas 5');
  });
});

describe('an upgrade of a TidbCluster whose groups inherit the version', () => {
  const groups = ['hot', 'cold'].map((name) => tikvGroup(name, 'basic'));
  const pinned = (version: string, group: string) => `${group}  version: ${version}\n`;
  const at = (text: string, version: string) => text.replace('version: v8.5.7', `version: ${version}`);
  const all = (version: string, ...its: string[]) => stream(at(CLUSTER, version), ...its);
  const [hot = '', cold = ''] = groups;
  const waves =
    'apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\nspec: {syncWaves: true}\n';

  test('is advised in steps of which none is a danger', async () => {
    const { dangers } = await planOf(all('v8.5.1', hot, cold), all('v8.5.7', hot, cold));
    expect(dangers.map(({ code }) => code)).toEqual(['stores-roll-together']);
    expect(dangers[0]?.instead.slice(0, 3)).toEqual([
      expect.stringContaining('`version: v8.5.1` in the `spec` of TiKVGroup db/hot and TiKVGroup db/cold'),
      expect.stringContaining('change `spec.version` of TidbCluster db/basic'),
      expect.stringContaining('one group after another'),
    ]);
    const [oldHot, oldCold] = [pinned('v8.5.1', hot), pinned('v8.5.1', cold)];
    const steps = [
      all('v8.5.1', hot, cold),
      all('v8.5.1', oldHot, oldCold),
      all('v8.5.7', oldHot, oldCold),
      all('v8.5.7', pinned('v8.5.7', hot), oldCold),
      all('v8.5.7', pinned('v8.5.7', hot), cold),
    ];
    for (const [index, now] of steps.slice(1).entries()) {
      const plan = await planOf(steps[index] ?? '', now);
      expect(plan.dangers).toEqual([]);
      expect(plan.restarts.length).toBe(index === 0 ? 0 : 1);
    }
  });

  test('says what is so where waves are known to be waited for, and advises no waves that are there', async () => {
    const [old, now] = ['v8.5.1', 'v8.5.7'].map((version) => stream(waves, all(version, hot, cold)));
    const { dangers, restarts } = await planOf(old ?? '', now ?? '');
    expect(restarts.length).toBe(3);
    for (const { code, message, instead } of dangers) {
      expect(code).toBe('stores-roll-together');
      expect(message).not.toContain('at the same time, each');
      expect(message).toContain('is restarted by TiDB Operator, and TiKVGroup db/');
      expect(instead.join('\n')).not.toContain('different sync waves');
      expect(instead.at(-1)).toContain('docs/argocd-health.yaml');
    }
    expect(dangers.length).toBe(2);
  });

  test('names a group with zones once, and says how its zones restart one after another', async () => {
    const zoned = tikvGroup('hot', 'basic', '  zones: [a, b, c]\n');
    const { dangers } = await planOf(all('v8.5.1', zoned), all('v8.5.7', zoned));
    expect(dangers[0]?.instead[0]).toContain('in the `spec` of TiKVGroup db/hot. Apply that');
    expect(dangers[0]?.instead[3]).toMatch(
      /^Where a group has zones, set `statefulSetUpdateStrategy: OnDelete`/,
    );
  });

  test('of what no group can have another value of is done by hand', async () => {
    const zoned = stream(CLUSTER.replace('timezone: UTC', 'timezone: Asia/Tokyo'), hot, cold);
    const { dangers } = await planOf(stream(CLUSTER, hot, cold), zoned);
    expect(dangers.map(({ code }) => code)).toEqual(['stores-roll-together']);
    expect(dangers[0]?.instead[0]).toMatch(
      /^Set `statefulSetUpdateStrategy: OnDelete` in TiKVGroup db\/hot and TiKVGroup db\/cold first/,
    );
  });
});
