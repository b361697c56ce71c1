import { CORE_SCHEMA, load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { CLUSTER, stream, tidbGroup, tikvGroup } from '../support/basic.ts';
import { renderedOf } from '../support/every-output.ts';
import { codesOf, planOf } from '../support/plan.ts';

const ZONES = '[a, b, c]';

function stores(replicas: number, zones: string, more = ''): string {
  return tikvGroup('hot', 'basic', `  zones: ${zones}\n${more}`).replace(
    'replicas: 3',
    `replicas: ${replicas}`,
  );
}

function servers(replicas: number, zones: string, more = ''): string {
  return tidbGroup('web', 'basic', `  zones: ${zones}\n${more}`).replace(
    'replicas: 2',
    `replicas: ${replicas}`,
  );
}

const config = (settings: string) =>
  `apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\nspec: {rollout: Plain, ${settings}}\n`;

const side = (group: string, settings = '') => stream(CLUSTER, group, config(settings));

const verdicts = (plan: Awaited<ReturnType<typeof planOf>>) =>
  Object.fromEntries(
    plan.workloads
      .filter(({ owner }) => owner.kind !== 'TidbCluster')
      .map(({ owner, verdicts: its }) => [owner.name, its]),
  );

describe('a plan of zones', () => {
  test('creates the servers of a new one, and changes no others', async () => {
    const plan = await planOf(side(stores(4, '[a, b]')), side(stores(6, ZONES)));
    expect(plan.dangers).toEqual([]);
    expect(verdicts(plan)).toEqual({ 'hot-a': ['unchanged'], 'hot-b': ['unchanged'], 'hot-c': ['created'] });
  });

  test('shows a removal as the removal of its stores, which is confirmed in the TidbCluster', async () => {
    const plan = await planOf(side(stores(6, ZONES)), side(stores(4, '[a, b]')));
    expect(codesOf(plan.dangers)).toEqual(['store-removal']);
    expect(plan.dangers[0]).toMatchObject({ confirmIn: 'TidbCluster db/basic' });
    expect(plan.dangers[0]?.message).toContain('TiKVGroup db/hot-c is removed');
  });

  test('shows none where the zone has no stores any more', async () => {
    const empty = '[a, b, {name: c, replicas: 0}]';
    expect((await planOf(side(stores(4, empty)), side(stores(4, '[a, b]')))).dangers).toEqual([]);
  });

  test.each([
    ['where nothing drains them', '', ['quorum-at-risk', 'store-scale-in']],
    ['where Argo CD waits for the Job', 'drain: {enabled: true, engine: ArgoCD}', []],
  ])('lets the stores of a zone go %s', async (_, settings, dangers) => {
    const empty = '[a, b, {name: c, replicas: 0}]';
    const plan = await planOf(side(stores(6, ZONES), settings), side(stores(4, empty), settings));
    expect(codesOf(plan.dangers)).toEqual(dangers);
    for (const { confirmIn } of plan.dangers.filter(({ code }) => code === 'store-scale-in'))
      expect(confirmIn).toBe('TiKVGroup db/hot');
  });

  const IN_ZONE =
    'in the zone "c" of `spec.zones`, and a `spec.replicas` that is lower by 2, because it counts all zones';
  const EMPTY = '[a, b, {name: c, replicas: 0}]';
  test.each([
    ['by hand', '', '[a, b]', 'the zone can be removed'],
    [
      'by a Job for which nobody waits',
      'drain: {enabled: true}',
      EMPTY,
      `together with \`replicas: 0\` ${IN_ZONE}`,
    ],
    [
      'by a Job before the zone goes',
      'drain: {enabled: true, engine: Flux}',
      '[a, b]',
      `Set \`replicas: 0\` ${IN_ZONE} first, and apply that`,
    ],
    [
      'by TiDB Operator before the zone goes',
      'output: TidbCluster',
      '[a, b]',
      `Set \`replicas: 0\` ${IN_ZONE} first, and wait`,
    ],
    [
      'in the zone that keeps its name',
      'drain: {enabled: true}',
      EMPTY,
      `the zone "c" of`,
      'keepsName: true, ',
    ],
  ])(
    'says how to drain a zone %s, and not that all of the group is to go',
    async (_, settings, now, text, keeps = '') => {
      const old = ZONES.replace('c]', `{${keeps}name: c}]`);
      const { dangers } = await planOf(
        side(stores(6, old), settings),
        side(stores(4, now.replace('{name: c', `{${keeps}name: c`)), settings),
      );
      const advice = dangers.flatMap(({ instead }) => instead).join('\n');
      expect(advice).toContain(text);
      expect(advice).not.toMatch(/`spec\.replicas: |`spec\.replicas` as it is|annotate the group/);
    },
  );

  test('says so of what was rendered, too', async () => {
    const settings = 'drain: {enabled: true}';
    const [old, now] = await Promise.all([
      renderedOf(side(stores(6, ZONES), settings)),
      renderedOf(side(stores(4, EMPTY), settings)),
    ]);
    const advice = (await planOf(old, now)).dangers.flatMap(({ instead }) => instead).join('\n');
    expect(advice).toContain(`\`replicas: 0\` ${IN_ZONE}`);
  });

  test('knows that a zone was drained first, by its own annotations', async () => {
    const settings = 'drain: {enabled: true}';
    const zone = (replicas: number, annotation: string) =>
      `[a, b, {name: c, replicas: ${replicas}, annotations: {groups.pingcap.com/${annotation}: "0"}}]`;
    const plan = await planOf(
      side(stores(6, zone(2, 'drain-to')), settings),
      side(stores(4, zone(0, 'drained-to')), settings),
    );
    expect(plan.dangers).toEqual([]);
  });

  test('keeps a group in place that gets zones, where one of them keeps its name', async () => {
    const plain = tikvGroup('hot', 'basic');
    const kept = '[{name: a, keepsName: true, replicas: 3}, {name: b, replicas: 3}, {name: c, replicas: 3}]';
    const plan = await planOf(side(plain), side(stores(9, kept)));
    expect(verdicts(plan)).toMatchObject({ hot: ['restarted'], 'hot-b': ['created'], 'hot-c': ['created'] });
    expect(codesOf(plan.dangers)).not.toContain('store-removal');
    const lost = await planOf(side(plain), side(stores(9, ZONES)));
    expect(codesOf(lost.dangers)).toContain('store-removal');
  });

  describe('of which all stores restart', () => {
    const more = '  env: [{name: A, value: b}]\n';
    const waved = (text: string, wave: string) =>
      text.replace(
        '\n  namespace: db',
        `\n  namespace: db\n  annotations: {argocd.argoproj.io/sync-wave: "${wave}"}`,
      );
    const own = ZONES.replace(
      /[abc]/g,
      (name) => `{name: ${name}, annotations: {argocd.argoproj.io/sync-wave: "${name.charCodeAt(0) - 90}"}}`,
    );
    const TOGETHER: readonly string[] = ['stores-roll-together'];
    const withWave = (text: string) => text.replace(CLUSTER, waved(CLUSTER, '7'));

    test.each([
      ['where nothing says that an engine waits for waves', stores(6, ZONES), '', TOGETHER],
      ['where waves are on by name', stores(6, ZONES), 'syncWaves: true', []],
      ['where Argo CD waits for drain Jobs', stores(6, ZONES), 'drain: {enabled: true, engine: ArgoCD}', []],
      ['where Flux does', stores(6, ZONES), 'drain: {enabled: true, engine: Flux}', TOGETHER],
      ['where there are no waves', stores(6, ZONES), 'syncWaves: false', TOGETHER],
      ['where each has a wave that somebody wrote', stores(6, own), '', []],
      ['where all have one that somebody wrote', waved(stores(6, ZONES), '7'), 'syncWaves: true', TOGETHER],
    ])('counts the waves that are rendered for them, %s', async (_, group, settings, codes) => {
      const [old, now] = [side(group, settings), side(group + more, settings)];
      expect(codesOf((await planOf(old, now)).dangers)).toEqual(codes);
      if (!group.includes('sync-wave'))
        expect(codesOf((await planOf(withWave(old), withWave(now))).dangers)).toEqual(
          settings === 'syncWaves: false' ? TOGETHER : [],
        );
    });

    test.each(['abc', '', ' 1', '1.5', '1e1', '0x1'])(
      'does not count a wave that is no integer, as Argo CD does not: "%s"',
      async (wave) => {
        const odd = (group: string) => waved(stores(6, ZONES), wave) + group;
        expect(codesOf((await planOf(side(odd('')), side(odd(more)))).dangers)).toEqual(TOGETHER);
        const ofCluster = (group: string) => withWave(side(group)).replace('"7"', `"${wave}"`);
        const [old, now] = [ofCluster(stores(6, ZONES)), ofCluster(stores(6, ZONES) + more)];
        expect(old).toContain(`sync-wave: "${wave}"`);
        expect(codesOf((await planOf(old, now)).dangers)).toEqual(TOGETHER);
      },
    );

    test('says which waves they have, or where to write some', async () => {
      const adviceOn = async (group: string) =>
        (await planOf(side(group), side(group + more))).dangers.flatMap(({ instead }) => instead).join('\n');
      expect(await adviceOn(stores(6, ZONES))).toMatch(
        /OnDelete[\s\S]*the sync waves 1, 2 and 3\..*`spec.syncWaves: true`/,
      );
      const keeper = ZONES.replace('c]', '{name: c, keepsName: true}]');
      expect(await adviceOn(stores(6, keeper))).toContain('OnDelete');
      expect(await adviceOn(waved(stores(6, ZONES), '7'))).toContain(
        'in the `annotations` of each in `spec.zones`',
      );
    });
  });

  test('sees that the Service over all zones goes', async () => {
    const without = servers(2, '[a, b]').replace('  service:\n    type: ClusterIP\n', '');
    const { dangers } = await planOf(side(servers(2, '[a, b]')), side(without));
    expect(codesOf(dangers)).toEqual(['service-removed', 'service-removed', 'service-removed']);
    const messages = dangers.map(({ message }) => message).join('\n');
    for (const name of ['web-tidb', 'web-a-tidb', 'web-b-tidb'])
      expect(messages).toContain(`the Service ${name} is removed`);
  });

  describe('of servers that run, of which one keeps its name', () => {
    const KEEPS = '[{name: a, keepsName: true}, b]';
    const LABEL = '  labels: {groups.pingcap.com/group: web}\n';
    const plain = (more = '', replicas = 2) =>
      tidbGroup('web', 'basic', more).replace('replicas: 2', `replicas: ${replicas}`);
    const withoutService = (group: string) => group.replace('  service:\n    type: ClusterIP\n', '');
    const NONE: readonly string[] = ['service-selects-none'];

    test.each([
      ['at once', plain(), servers(4, KEEPS), NONE],
      ['after they have got the label', plain(LABEL), servers(4, KEEPS, LABEL), []],
      ['and the label goes', plain(LABEL), servers(4, KEEPS), []],
      [
        'where they had zones before',
        servers(4, '[{name: a, keepsName: true}, c]'),
        servers(4, KEEPS),
        ['servers-removed'],
      ],
      ['another one', servers(4, KEEPS), servers(4, '[a, {name: b, keepsName: true}]'), ['servers-removed']],
      ['where they have no Service', withoutService(plain()), withoutService(servers(4, KEEPS)), []],
      ['where none runs', plain('', 0), servers(4, KEEPS), []],
      ['for TiDB Operator', plain(), servers(4, KEEPS), NONE, 'output: TidbCluster'],
    ])(
      'says whether their Service leads to them meanwhile: %s',
      async (_, old, now, codes, settings = '') => {
        const { dangers } = await planOf(side(old, settings), side(now, settings));
        expect(codesOf(dangers)).toEqual(codes);
      },
    );

    test('says nothing of a Service that stays as it is written', async () => {
      const { workloads } = await planOf(side(plain()), side(servers(4, KEEPS)));
      const fields = workloads.find(({ owner }) => owner.name === 'web')?.fields.map(({ field }) => field);
      expect(fields).toContain('spec.affinity');
      expect(fields?.filter((field) => field.startsWith('spec.service'))).toEqual([]);
    });

    test('says how to give them the label first', async () => {
      const { dangers } = await planOf(side(plain()), side(servers(4, KEEPS)));
      expect(dangers[0]).toMatchObject({ workloads: ['TiDBGroup db/web'], confirmIn: 'TiDBGroup db/web' });
      expect(dangers[0]?.message).toContain(
        'Service web-tidb selects pods by the label `groups.pingcap.com/group: web`',
      );
      expect(dangers[0]?.instead.join('\n')).toContain(LABEL.trim());
    });

    test('counts only pods in the namespace of the Service, and tells Services of one name apart', async () => {
      const all = (group: string) => ({
        own: group,
        other: group
          .replace('namespace: db', 'namespace: shop')
          .replace('name: basic', 'name: basic, namespace: db')
          .replace(/cluster:\n {4}(.*)/, 'cluster: {$1}'),
      });
      const [old, now] = [all(plain()), all(servers(4, KEEPS))];
      const namespacesOf = async (before: readonly string[], after: readonly string[]) =>
        (await planOf(side(stream(...before)), side(stream(...after)))).dangers
          .filter(({ code }) => code === 'service-selects-none')
          .map(({ workloads }) => workloads);
      const [own, other] = [['TiDBGroup db/web'], ['TiDBGroup shop/web']];
      expect(await namespacesOf([old.own, old.other], [now.own, now.other])).toEqual([own, other]);
      expect(await namespacesOf([old.own, now.other], [now.own, now.other])).toEqual([own]);
      expect(await namespacesOf([now.own, old.other], [now.own, now.other])).toEqual([other]);
    });

    test.each(['no', 'on', 'y', 'e3', 'null', 'true', 'web'])(
      'gives advice that YAML reads as text, of the group "%s"',
      async (name) => {
        const named = (group: string) => group.replace('name: web', `name: "${name}"`);
        const { dangers } = await planOf(side(named(plain())), side(named(servers(4, KEEPS))));
        const [, advice] = /`(labels: {.*?})`/.exec(dangers[0]?.instead.join('\n') ?? '') ?? [];
        for (const schema of [CORE_SCHEMA, YAML11_SCHEMA])
          expect(load(advice ?? '', { schema })).toEqual({ labels: { 'groups.pingcap.com/group': name } });
      },
    );
  });

  test('finds nothing where a field of a group is written out zone by zone, or zones are in another order', async () => {
    const same = await planOf(
      side(stores(6, ZONES)),
      side(stores(6, '[c, {name: a, value: a}, {name: b, replicas: 2}]')),
    );
    expect(same.verdict).toBe('unchanged');
  });
});
