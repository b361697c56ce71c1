import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { type Engine, keptBy } from '../../src/gitops/index.ts';
import { isMap, type MapValue } from '../../src/yaml/index.ts';
import { cluster, resourceList, tidbGroup, tikvGroup } from '../support/basic.ts';
import { ENGINES, type Moment } from '../support/engine-histories.ts';
import { followed, syncs } from '../support/engine-judges.ts';
import { at, readYaml, titleOf } from '../support/read-yaml.ts';
import { inTurn, runs } from '../support/runs.ts';
import { ARGO_CD_JUDGE, describeWith, FLUX_KPT_JUDGE } from '../support/tools.ts';

/** What goes into a cluster of some resources. */
async function rendered(items: readonly string[], spec = '{}'): Promise<MapValue[]> {
  const config = `functionConfig:\n  apiVersion: groups.pingcap.com/v1alpha1\n  kind: ExpandTidbGroups\n  metadata: {name: c}\n  spec: ${spec}\n`;
  const { output, failed, messages } = await run(Buffer.from(resourceList(...items) + config));
  if (failed) throw new Error(messages.join('\n'));
  const [list] = readYaml([...output].map((piece) => Buffer.from(piece).toString()).join(''));
  const found = at(list, 'items');
  const resources = Array.isArray(found) ? found.filter(isMap) : [];
  return resources.filter(({ kind }) => kind !== 'TiKVGroup' && kind !== 'TiDBGroup');
}

const annotated = (item: string, ...annotations: readonly string[]) =>
  item.replace('\nspec:', `\n  annotations:\n${annotations.map((text) => `    ${text}\n`).join('')}spec:`);

const OPTIONS = 'argocd.argoproj.io/sync-options';
const BASE = cluster('basic');
const HOT = tikvGroup('hot', 'basic');
const WEB = tidbGroup('web', 'basic');
const rolling = (level: string) =>
  `  configUpdateStrategy: RollingUpdate\n  config: {log: {level: ${level}}}\n`;
const hotRolling = (level: string) => tikvGroup('hot', 'basic', rolling(level));
const webRolling = (level: string) => tidbGroup('web', 'basic', rolling(level));

const STORES = ['ConfigMap db/hot-tikv', 'Service db/hot-tikv-peer', 'StatefulSet db/hot-tikv'];
/** That over all stores of the TidbCluster. */
const BUDGET = 'PodDisruptionBudget db/basic-tikv';
const SERVERS = [
  'ConfigMap db/web-tidb',
  'PodDisruptionBudget db/web-tidb',
  'Service db/web-tidb',
  'Service db/web-tidb-peer',
  'StatefulSet db/web-tidb',
];
const CLUSTER = 'TidbCluster db/basic';

/** A change of what is rendered, and what is left of what was. Names of ConfigMaps are without their digests. */
interface Case {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly settings?: string;
  readonly left: readonly string[];
  /** Where Argo CD leaves less: it waits for pods to be replaced, and takes the ConfigMap that they had then. */
  readonly leftByArgo?: readonly string[];
  /** Whether Argo CD takes the Application for synced then. */
  readonly inSync: boolean;
}

const CASES: readonly Case[] = [
  {
    name: 'a group of stores is removed',
    before: [BASE, HOT, WEB],
    after: [BASE, WEB],
    left: [...STORES, BUDGET],
    inSync: false,
  },
  {
    name: 'a group of stores is renamed',
    before: [BASE, hotRolling('info'), WEB],
    after: [BASE, hotRolling('info').replace('name: hot', 'name: fast'), WEB],
    left: STORES,
    inSync: false,
  },
  {
    name: 'everything is lost, as by an overlay that lists nothing any more',
    before: [BASE, hotRolling('info'), WEB],
    after: [],
    left: [...STORES, BUDGET, CLUSTER],
    inSync: false,
  },
  {
    name: 'a config changes that is read in place',
    before: [BASE, HOT, WEB],
    after: [BASE, tikvGroup('hot', 'basic', '  config: {log: {level: warn}}\n'), WEB],
    left: [],
    inSync: true,
  },
  {
    name: 'configs change that restart the pods',
    before: [BASE, hotRolling('info'), webRolling('info')],
    after: [BASE, hotRolling('warn'), webRolling('warn')],
    left: ['ConfigMap db/hot-tikv', 'ConfigMap db/web-tidb'],
    leftByArgo: ['ConfigMap db/hot-tikv'],
    inSync: true,
  },
  {
    name: 'stores now restart when their config changes, and did not before',
    before: [BASE, HOT],
    after: [BASE, hotRolling('info')],
    left: ['ConfigMap db/hot-tikv'],
    inSync: true,
  },
  {
    name: 'a group of SQL servers is removed',
    before: [BASE, HOT, WEB],
    after: [BASE, HOT],
    left: [],
    inSync: true,
  },
  {
    name: 'a group of SQL servers is removed that is to be kept',
    before: [
      BASE,
      annotated(
        webRolling('info'),
        `${OPTIONS}: Prune=false`,
        'kustomize.toolkit.fluxcd.io/prune: disabled',
        'client.lifecycle.config.k8s.io/deletion: detach',
      ),
    ],
    after: [BASE],
    left: SERVERS,
    inSync: false,
  },
  {
    name: 'groups are removed that come out as TidbClusters',
    before: [BASE, HOT, WEB],
    after: [BASE],
    settings: '{output: TidbCluster}',
    left: ['TidbCluster db/hot'],
    inSync: false,
  },
  {
    name: 'everything is lost, and has options of its own for Argo CD',
    before: [BASE, HOT].map((item) => annotated(item, `${OPTIONS}: ServerSideApply=true`)),
    after: [],
    left: [...STORES, BUDGET, CLUSTER],
    inSync: false,
  },
  {
    name: 'everything is lost, has options of its own, and comes out as TidbClusters',
    before: [BASE, HOT].map((item) => annotated(item, `${OPTIONS}: ServerSideApply=true`)),
    after: [],
    settings: '{output: TidbCluster}',
    left: [CLUSTER, 'TidbCluster db/hot'],
    inSync: false,
  },
  {
    name: 'everything is lost, and nobody wants it to be protected',
    before: [BASE, HOT, WEB],
    after: [],
    settings: '{protectStores: false}',
    left: [],
    inSync: true,
  },
  {
    name: 'a TidbCluster without groups is lost, of which nothing is said',
    before: [BASE],
    after: [],
    left: [],
    inSync: true,
  },
];

const changes = await Promise.all(
  CASES.map(async ({ before, after, settings }) => ({
    live: await rendered(before, settings),
    rendered: await rendered(after, settings),
  })),
);

/** `ConfigMap db/hot-tikv-0fc5993` as `ConfigMap db/hot-tikv`. */
function withoutDigests(titles: readonly string[]): string[] {
  return titles.map((title) => title.replace(/^(ConfigMap .*)-[0-9a-f]{7}$/, '$1')).sort();
}

const named = <T>(found: readonly T[]) => CASES.map(({ name }, index) => ({ name, ...found[index] }));

describeWith([ARGO_CD_JUDGE], 'what is rendered no more', () => {
  test('is left by Argo CD as the table and `diff` say, in sync where nothing is to be done', () => {
    const found = syncs(changes);
    const shown = found.map(({ left, inSync, phase }) => ({ left: withoutDigests(left), inSync, phase }));
    const expected = CASES.map(({ left, leftByArgo = left, inSync }) => ({
      left: [...leftByArgo].sort(),
      inSync,
      phase: 'Succeeded',
    }));
    expect(named(shown)).toEqual(named(expected));
    expect(named(found.map(({ left }) => ({ left })))).toEqual(named(leftAsSaid('Argo CD')));
  });
});

/** What `tidb-groups diff` says of what is rendered no more: who leaves it in the cluster. */
function leftAsSaid(engine: Engine): { left: string[] }[] {
  return changes.map(({ live, rendered: next }) => {
    const still = next.map(titleOf);
    const gone = live.filter((resource) => !still.includes(titleOf(resource)));
    return {
      left: gone
        .filter((resource) => keptBy(resource).includes(engine))
        .map(titleOf)
        .sort(),
    };
  });
}

describeWith([FLUX_KPT_JUDGE], 'what is rendered no more', () => {
  test.each([
    { engine: 'flux', title: 'Flux' },
    { engine: 'kpt', title: 'kpt' },
  ] as const)('is left by $title as the table and `diff` say', ({ engine, title }) => {
    const found = followed(
      engine,
      changes.map(({ live, rendered: next }) => ({ renders: [live, next] })),
    ).map((verdict) => verdict.changes[1]?.left ?? []);
    expect(named(found.map((left) => ({ left: withoutDigests(left) })))).toEqual(
      named(CASES.map((one) => ({ left: [...one.left].sort() }))),
    );
    expect(named(found.map((left) => ({ left })))).toEqual(named(leftAsSaid(title)));
  });
});

describeWith([ARGO_CD_JUDGE], 'a sync', () => {
  test('goes from the TidbCluster over stores to SQL servers, each when the one before is up', async () => {
    const items = [WEB, HOT, tikvGroup('cold', 'basic'), BASE];
    const [{ steps = [], phase } = {}] = syncs([{ live: [], rendered: await rendered(items) }]);
    expect(phase).toBe('Succeeded');
    expect(steps.filter((step) => /TidbCluster|StatefulSet/.test(step))).toEqual([
      `applied ${CLUSTER}`,
      'applied StatefulSet db/cold-tikv',
      'rolled StatefulSet db/cold-tikv',
      'applied StatefulSet db/hot-tikv',
      'rolled StatefulSet db/hot-tikv',
      'applied StatefulSet db/web-tidb',
      'rolled StatefulSet db/web-tidb',
    ]);
  });
});

describeWith([ARGO_CD_JUDGE], 'a sync that knows of the health of a TidbCluster', () => {
  const { data } = parse(readFileSync(new URL('../../docs/argocd-health.yaml', import.meta.url), 'utf8'));
  const [healthScript]: string[] = Object.values(data);
  const sync = async (base: string) => {
    const question = {
      live: [],
      rendered: await rendered([base, HOT]),
      ...(healthScript && { healthScript }),
    };
    const [{ steps = [], phase } = {}] = syncs([question]);
    return { phase, sets: steps.filter((step) => step.includes('StatefulSet')) };
  };

  test('goes on to the groups once it is ready', async () => {
    const sets = ['applied StatefulSet db/hot-tikv', 'rolled StatefulSet db/hot-tikv'];
    expect(await sync(BASE)).toEqual({ phase: 'Succeeded', sets });
  });

  test('waits in front of the groups while it is paused', async () => {
    expect(await sync(`${BASE}  paused: true\n`)).toEqual({ phase: 'Running', sets: [] });
  });
});

describeWith([FLUX_KPT_JUDGE], 'stores that come back', () => {
  const histories = Promise.all([[BASE, HOT, WEB], [BASE], [BASE, HOT, WEB]].map((items) => rendered(items)));

  test('are applied again by Flux', async () => {
    const [verdict] = followed('flux', [{ renders: await histories }]);
    expect(verdict?.changes[2]).toMatchObject({ skipped: [], left: [] });
  });

  test('are passed over by kpt without an error, unless it is told to adopt them', async () => {
    const renders = await histories;
    const [passed, adopted] = followed('kpt', [{ renders }, { renders, adopts: true }]);
    // SQL servers wait for stores, which is a reason to pass over these, too.
    const { skipped = [], error } = passed?.changes[2] ?? {};
    expect({ skipped: [...skipped].sort(), error }).toEqual({
      skipped: [...STORES, BUDGET, 'StatefulSet db/web-tidb'].sort(),
    });
    expect(adopted?.changes[2]).toMatchObject({ skipped: [] });
  });
});

describeWith([FLUX_KPT_JUDGE], 'SQL servers that wait for stores that come back', () => {
  const COLD = tikvGroup('cold', 'basic');
  const histories = Promise.all(
    [
      [BASE, HOT, COLD, WEB],
      [BASE, COLD, WEB],
      [BASE, HOT, WEB],
    ].map((items) => rendered(items)),
  );

  test('still name the stores that went meanwhile, and `kpt live destroy` refuses that until they are adopted', async () => {
    const renders = await histories;
    const [passed, adopted] = followed('kpt', [{ renders }, { renders, adopts: true }]);
    expect(passed?.changes[2]?.skipped).toContain('StatefulSet db/web-tidb');
    expect(passed).toMatchObject({
      destroyRefused: expect.stringMatching(/external dependency: .*web-tidb -> .*cold-tikv/),
      deletedWithOwner: [],
    });
    expect(adopted?.changes[2]?.skipped).toEqual([]);
    expect(adopted?.destroyRefused).toBeUndefined();
    expect(adopted?.deletedWithOwner).toContain('StatefulSet db/web-tidb');
  });

  test('cannot be removed either until then', async () => {
    const renders = [...(await histories), await rendered([BASE, HOT])];
    expect(() => followed('kpt', [{ renders }])).toThrow(/external dependency: .*web-tidb -> .*cold-tikv/);
    expect(followed('kpt', [{ renders, adopts: true }])[0]?.changes[3]?.deleted).toContain(
      'StatefulSet db/web-tidb',
    );
  });

  test('are no reason to refuse where nothing names what is before it', async () => {
    const items = [
      [BASE, HOT, COLD, WEB],
      [BASE, COLD, WEB],
      [BASE, HOT, WEB],
    ];
    const renders = await Promise.all(items.map((one) => rendered(one, '{dependsOn: false}')));
    const [verdict] = followed('kpt', [{ renders }]);
    expect(verdict?.changes[2]?.skipped).not.toContain('StatefulSet db/web-tidb');
    expect(verdict?.destroyRefused).toBeUndefined();
  });
});

/** Whether a group is suspended at one time, and what else changes with it. */
const sleep = fc.record({
  hot: fc.boolean(),
  cold: fc.boolean(),
  web: fc.boolean(),
  level: fc.constantFrom('info', 'warn'),
});

describe.each(inTurn(['{}', '{syncWaves: false, dependsOn: false}', '{protectStores: false}'], 0))(
  'groups that are suspended and resumed, with %s',
  (settings) => {
    const awake = { hot: false, cold: false, web: false, level: 'info' };
    const samples = [
      // Each of them: never before, suspended, resumed, and suspended again.
      [awake, { ...awake, hot: true }, awake, { ...awake, hot: true }],
      [awake, { ...awake, web: true }, awake],
      [{ ...awake, hot: true, cold: true, web: true }, awake],
      ...fc.sample(fc.array(sleep, { minLength: 2, maxLength: 3 }), runs(20)),
    ];
    const renders = Promise.all(
      samples.map((times) =>
        Promise.all(
          times.map(({ hot, cold, web, level }) =>
            rendered(
              [
                BASE,
                tikvGroup('hot', 'basic', sleeping(hot) + rolling(level)),
                tikvGroup('cold', 'basic', sleeping(cold)),
                tidbGroup('web', 'basic', sleeping(web) + rolling(level)),
              ],
              settings,
            ),
          ),
        ),
      ),
    );

    for (const [engine, follow] of Object.entries(ENGINES)) {
      const tool = engine === 'Argo CD' ? ARGO_CD_JUDGE : FLUX_KPT_JUDGE;
      test.skipIf(tool.path === undefined)(
        `${engine} keeps their StatefulSets, without pods while they are suspended`,
        async () => {
          const stories = follow(await renders);
          const found = stories.map((moments, index) =>
            (samples[index] ?? []).map((_, turn) => replicasAfter(moments, turn)),
          );
          const expected = samples.map((times) =>
            times.map(({ hot, cold, web }) => ({
              'StatefulSet db/cold-tikv': cold ? 0 : 3,
              'StatefulSet db/hot-tikv': hot ? 0 : 3,
              'StatefulSet db/web-tidb': web ? 0 : 2,
            })),
          );
          expect(found).toEqual(expected);
        },
      );
    }
  },
);

const sleeping = (isSuspended: boolean) =>
  isSuspended ? '  suspendAction: {suspendStatefulSet: true}\n' : '';

/** How many pods each StatefulSet has once an engine is through with a render. */
function replicasAfter(moments: readonly Moment[], turn: number): { readonly [title: string]: number } {
  return Object.fromEntries(moments.findLast((moment) => moment.turn === turn)?.replicas ?? []);
}

/** A group as it is written at one time, in short; `undefined` where it is not there. */
interface Written {
  readonly strategy: string;
  readonly level: string;
  readonly options: string;
}

const strategy = fc.constantFrom('InPlace', 'RollingUpdate');
const written: fc.Arbitrary<Written | undefined> = fc.option(
  fc.record({
    strategy,
    level: fc.constantFrom('info', 'warn'),
    options: fc.constantFrom('', '', 'ServerSideApply=true', 'Prune=false'),
  }),
  { nil: undefined },
);

/** What is written at one time; nothing at all where `isLost`. */
const commit = fc.record({
  isLost: fc.constantFrom(false, false, false, false, true),
  hot: written,
  cold: written,
  web: written,
});
type Commit = typeof commit extends fc.Arbitrary<infer T> ? T : never;

/**
 * `steady` is the strategy of groups that nobody protects: where it changes, the ConfigMap that was read in place is
 * another one too, and Flux takes it before its pods are replaced. `tidb-groups diff` says what to do.
 */
const history = fc.record({
  steady: strategy,
  commits: fc.array(commit, { minLength: 2, maxLength: 4 }),
});

function itemsOf({ isLost, hot, cold, web }: Commit, steady: string, keeps: boolean): string[] {
  if (isLost) return [];
  const group = (make: typeof tikvGroup, name: string, is: Written | undefined) => {
    if (is === undefined) return [];
    const update = keeps && make === tikvGroup ? is.strategy : steady;
    const spec = `  configUpdateStrategy: ${update}\n  config: {log: {level: ${is.level}}}\n`;
    const text = make(name, 'basic', spec);
    return [is.options === '' ? text : annotated(text, `${OPTIONS}: ${is.options}`)];
  };
  return [
    BASE,
    ...group(tikvGroup, 'hot', hot),
    ...group(tikvGroup, 'cold', cold),
    ...group(tidbGroup, 'web', web),
  ];
}

/** What pods of a StatefulSet of ours cannot start without, of all that was ever rendered. */
function needsOf(set: MapValue): string[] {
  const volumes = at(set, 'spec', 'template', 'spec', 'volumes');
  const names = (Array.isArray(volumes) ? volumes : []).map((volume) => at(volume, 'configMap', 'name'));
  return [
    `Service db/${at(set, 'spec', 'serviceName')}`,
    ...names.filter((name) => name !== undefined).map((name) => `ConfigMap db/${name}`),
  ];
}

const isStores = (title: string) => /^StatefulSet db\/.*-tikv$/.test(title);

/** A way to render, and whether it keeps stores and their TidbCluster. */
const WAYS = [
  { settings: '{}', keeps: true },
  { settings: '{syncWaves: false, dependsOn: false}', keeps: true },
  { settings: '{protectStores: false}', keeps: false },
];

describe.each(inTurn(WAYS, 0, 2))(
  'whatever is rendered one time after another, with $settings',
  ({ settings, keeps }) => {
    const samples = fc.sample(history, runs(12));
    const renders = Promise.all(
      samples.map(({ steady, commits }) =>
        Promise.all(commits.map((one) => rendered(itemsOf(one, steady, keeps), settings))),
      ),
    );

    for (const [engine, follow] of Object.entries(ENGINES)) {
      const tool = engine === 'Argo CD' ? ARGO_CD_JUDGE : FLUX_KPT_JUDGE;
      test.skipIf(tool.path === undefined)(
        `${engine} leaves what running pods need${keeps ? ', all stores, and their TidbCluster' : ''}`,
        async () => {
          const stories = follow(await renders);
          const found = stories.flatMap((moments, index) => {
            const wrong = moments.flatMap(lacks);
            if (keeps) wrong.push(...gone(moments));
            return wrong.map((problem) => `${problem}: ${JSON.stringify(samples[index])}`);
          });
          expect(found.slice(0, 1)).toEqual([]);
          const isLeft = stories.some((moments) => [...(moments.at(-1)?.live ?? [])].some(isStores));
          if (keeps) expect(isLeft).toBe(true);
        },
      );
    }
  },
);

function lacks({ live, running }: Moment): string[] {
  return running.flatMap((set) =>
    needsOf(set)
      .filter((title) => !live.has(title))
      .map((title) => `${titleOf(set)} lacks ${title}`),
  );
}

/** What has gone that is to stay: stores, and the TidbCluster once it has had a group. */
function gone(moments: readonly Moment[]): string[] {
  const once = new Set<string>();
  return moments.flatMap(({ live }) => {
    const missing = [...once].filter((title) => !live.has(title)).map((title) => `${title} has gone`);
    const stores = [...live].filter(isStores);
    for (const title of stores) once.add(title);
    if (stores.length > 0 && live.has(CLUSTER)) once.add(CLUSTER);
    return missing;
  });
}
