import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { GENERATED_BY } from '../../src/api/index.ts';
import { isOver } from '../../src/budget/index.ts';
import { isMap, type MapValue } from '../../src/yaml/index.ts';
import { cluster, resourceList, tidbGroup, tikvGroup } from '../support/basic.ts';
import { askControllers, refusals } from '../support/controllers.ts';
import { at, readYaml, titleOf } from '../support/read-yaml.ts';
import { runs } from '../support/runs.ts';
import { Sandbox } from '../support/sandbox.ts';
import { baseSet } from '../support/simulation/render.ts';
import { CONTROLLERS } from '../support/tools.ts';

const PATH = 'config.kubernetes.io/path';
const SAFE = 'rollout: Safe';
const BASE = cluster('basic');
const HOT = tikvGroup('hot', 'basic');
const COLD = tikvGroup('cold', 'basic');
const WEB = tidbGroup('web', 'basic');
const ALL = [BASE, HOT, COLD, WEB];

async function expand(items: readonly string[], spec = SAFE) {
  const config = `functionConfig:\n  apiVersion: groups.pingcap.com/v1alpha1\n  kind: ExpandTidbGroups\n  metadata: {name: c}\n  spec: {${spec}}\n`;
  const { output, messages } = await run(Buffer.from(resourceList(...items) + config));
  const text = [...output].map((piece) => Buffer.from(piece).toString()).join('');
  const list = text === '' ? undefined : readYaml(text)[0];
  const found = at(list, 'items');
  // The controllers' reader takes no bigints.
  const plain = JSON.stringify(found ?? [], (_, value) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
  const resources: MapValue[] = JSON.parse(plain);
  const budgets = resources.filter(({ kind }) => kind === 'PodDisruptionBudget');
  return { messages, resources, budgets };
}

const isError = (message: string) => message.startsWith('error');
const isDuplicate = (message: string) => message.includes('[budget-duplicate]');

/** What each budget asks for. */
function asked(budgets: readonly MapValue[]): Record<string, unknown> {
  return Object.fromEntries(
    budgets.map((budget) => [
      titleOf(budget),
      at(budget, 'spec', 'minAvailable') ?? `-${at(budget, 'spec', 'maxUnavailable')}`,
    ]),
  );
}

/** `PodDisruptionBudget db/basic-tikv` and so on, with how many stores must be there. */
const BUDGETS = { 'PodDisruptionBudget db/basic-tikv': 8, 'PodDisruptionBudget db/web-tidb': '-1' };

const annotated = (item: string, rollout: string) =>
  item.replace('\nspec:', `\n  annotations: {groups.pingcap.com/rollout: ${rollout}}\nspec:`);

describe('groups have budgets', () => {
  it.each([
    ['where they are Safe', ALL, SAFE, BUDGETS],
    ['not where they are Plain', ALL, 'rollout: Plain', {}],
    ['unless they are asked for', ALL, 'rollout: Plain, disruptionBudgets: true', BUDGETS],
    ['nor where they are not wanted', ALL, `${SAFE}, disruptionBudgets: false`, {}],
    ['nor where TiDB Operator runs them', ALL, `${SAFE}, output: TidbCluster`, {}],
    [
      'one of several is enough, for all stores',
      [BASE, annotated(HOT, 'Safe'), COLD, WEB],
      'rollout: Plain',
      { 'PodDisruptionBudget db/basic-tikv': 8 },
    ],
    [
      'and one that says something else counts',
      [BASE, annotated(HOT, 'Plain'), WEB],
      SAFE,
      { 'PodDisruptionBudget db/web-tidb': '-1' },
    ],
    [
      'by what PD keeps of each region',
      [BASE.replace('config: ""', 'config: {replication: {max-replicas: 5}}'), HOT],
      SAFE,
      { 'PodDisruptionBudget db/basic-tikv': 4 },
    ],
    [
      'without stores that are suspended',
      [BASE, HOT, `${COLD}  suspendAction: {suspendStatefulSet: true}\n`],
      SAFE,
      { 'PodDisruptionBudget db/basic-tikv': 5 },
    ],
    [
      'with those of a TidbCluster that joins',
      [
        BASE,
        HOT,
        cluster('more')
          .replace(/ {2}pd:[\s\S]*?(?= {2}tikv:)/, '')
          .replace('spec:', 'spec:\n  cluster: {name: basic}'),
      ],
      SAFE,
      { 'PodDisruptionBudget db/basic-tikv': 8 },
    ],
  ])('%s', async (_, items, spec, budgets) => {
    const rendered = await expand(items, spec);
    expect(rendered.messages.filter(isError)).toEqual([]);
    expect(asked(rendered.budgets)).toEqual(budgets);
  });

  it('marked, ordered and kept as the stores are', async () => {
    const { budgets } = await expand(ALL);
    const [stores, web] = budgets.map((budget) => at(budget, 'metadata', 'annotations'));
    expect(stores).toEqual({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      // That of the last of these groups; each has a wave before its own for the Job that drains it.
      'argocd.argoproj.io/sync-wave': '4',
      'client.lifecycle.config.k8s.io/deletion': 'detach',
      'groups.pingcap.com/generated-by': 'TiKVGroup/cold,TiKVGroup/hot',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    });
    expect(web).toEqual({
      'argocd.argoproj.io/sync-wave': '10',
      'groups.pingcap.com/generated-by': 'TiDBGroup/web',
    });
  });

  it('the same in whatever order the resources stand', async () => {
    const sorted = (list: readonly MapValue[]) =>
      list.map((one) => JSON.stringify(one)).sort((a, b) => (a < b ? -1 : 1));
    const first = sorted((await expand(ALL)).budgets);
    expect(sorted((await expand(ALL.toReversed())).budgets)).toEqual(first);
  });

  it('with the labels that all of them have', async () => {
    const labeled = (item: string, labels: string) =>
      item.replace('\nspec:', `\n  labels: {${labels}}\nspec:`);
    const { budgets } = await expand([
      BASE,
      labeled(HOT, 'team: a, tier: one'),
      labeled(COLD, 'team: a, tier: two'),
    ]);
    expect(budgets.map((budget) => at(budget, 'metadata', 'labels'))).toEqual([{ team: 'a' }]);
  });
});

describe('a package that is rendered again', () => {
  const inPackage = (item: string, file: string) =>
    item.replace('\nspec:', `\n  annotations: {config.kubernetes.io/path: ${file}}\nspec:`);
  const files = ALL.map((item, index) => inPackage(item, `${index}.yaml`));
  const texts = (resources: readonly MapValue[]) => resources.map((one) => JSON.stringify(one));

  it('stays as it is, with the budgets in files of groups', async () => {
    const first = await expand(files);
    expect(first.budgets.map((budget) => at(budget, 'metadata', 'annotations', PATH))).toEqual([
      'cold-tikv.yaml',
      'web-tidb.yaml',
    ]);
    const again = await expand(texts(first.resources));
    expect([again.messages, again.resources]).toEqual([[], first.resources]);
  });

  it('loses budgets that are not wanted any more', async () => {
    const { resources } = await expand(files);
    const { budgets, messages } = await expand(texts(resources), `${SAFE}, disruptionBudgets: false`);
    expect([budgets, messages]).toEqual([[], []]);
  });

  it('counts other stores where a group goes', async () => {
    const { resources } = await expand(files);
    const left = resources.filter((resource) => titleOf(resource) !== 'TiKVGroup db/cold');
    const { budgets } = await expand(texts(left), `${SAFE}, guard: false`);
    expect(asked(budgets)).toEqual({ ...BUDGETS, 'PodDisruptionBudget db/basic-tikv': 5 });
    expect(budgets.map((budget) => at(budget, 'metadata', 'annotations', GENERATED_BY))).toEqual([
      'TiKVGroup/hot',
      'TiDBGroup/web',
    ]);
  });
});

describe('stores in another namespace are said not to count', () => {
  it.each([
    [
      'those of the TidbCluster',
      [
        cluster('basic', 'tidb'),
        HOT.replace('name: basic', '{name: basic, namespace: tidb}').replace('cluster:\n    {', 'cluster: {'),
      ],
      'db',
      2,
    ],
  ])('%s', async (_, items, namespace, least) => {
    const { budgets, messages } = await expand(items);
    expect(asked(budgets)).toEqual({ [`PodDisruptionBudget ${namespace}/basic-tikv`]: least });
    const said = messages.filter((message) => message.includes('[budget-namespace]'));
    expect(said).toEqual([
      expect.stringMatching(/^info.*and not those of the TidbCluster "basic" in "tidb"/),
    ]);
  });
});

it('of many namespaces a budget names the first, and counts the others', async () => {
  const groups = Array.from({ length: 200 }, (_, index) =>
    tikvGroup('hot', '{name: basic, namespace: db}', '', `n${index}`).replace(
      'cluster:\n    name: ',
      'cluster: ',
    ),
  );
  const { messages } = await expand([cluster('basic', 'db'), ...groups]);
  const said = messages.filter((message) => message.includes('[budget-namespace]'));
  expect(said).toHaveLength(200);
  expect(said[0]).toContain(
    'and not those of the TidbCluster "basic" in "db", those of the TiKVGroup "hot" in "n1", those of the TiKVGroup "hot" in "n2" and not those of 197 more, so',
  );
});

const OWN = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: own, namespace: db}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app.kubernetes.io/component: tikv}}
`;

const OWN_OF_HOT = OWN.replace('{app.', '{app.kubernetes.io/instance: hot, app.');

describe('a budget of a user over all pods of one', () => {
  it('is left alone, and ours is not rendered', async () => {
    const { messages, budgets, resources } = await expand([...ALL, OWN]);
    expect(messages.filter(isError)).toEqual([]);
    expect(budgets.map(titleOf).toSorted()).toEqual([
      'PodDisruptionBudget db/own',
      'PodDisruptionBudget db/web-tidb',
    ]);
    expect(resources.map(titleOf)).toContain('StatefulSet db/hot-tikv');
    const [message] = messages.filter((one) => one.includes('[already-there]'));
    expect(message).toContain('the PodDisruptionBudget "basic-tikv" is not rendered');
    expect(message).toContain('the PodDisruptionBudget "own"');
  });

  it('is named with its file and line', () => {
    const sandbox = new Sandbox({
      'a/cluster.yaml': BASE,
      'a/web.yaml': annotated(WEB, 'Safe'),
      'a/own.yaml': OWN.replace('component: tikv', 'component: tidb'),
    });
    const { status, stdout, stderr } = sandbox.groups(['render', 'a']);
    expect(status).toBe(0);
    expect(stdout.match(/kind: PodDisruptionBudget/g)).toHaveLength(1);
    expect(stderr).toMatch(/^a\/web\.yaml:4:\d+: info: .*"web-tidb".*"own" \(a\/own\.yaml:3\)/m);
  });

  it('takes the place of what an earlier render made', async () => {
    const { resources } = await expand(ALL);
    const rendered = resources.map((resource) => JSON.stringify(resource));
    const { budgets, messages } = await expand([...rendered, OWN]);
    expect(messages.filter(isError)).toEqual([]);
    expect(budgets.map(titleOf).toSorted()).toEqual([
      'PodDisruptionBudget db/own',
      'PodDisruptionBudget db/web-tidb',
    ]);
  });
});

describe('a second budget over the same pods', () => {
  it('is an error at its selector, which names both files', () => {
    const sandbox = new Sandbox({
      'a/cluster.yaml': BASE,
      'a/hot.yaml': annotated(HOT, 'Safe'),
      'a/own.yaml': OWN_OF_HOT,
    });
    const { status, stdout, stderr } = sandbox.groups(['render', 'a']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/a\/own\.yaml:6:\d+/);
    expect(stderr).toContain('"basic-tikv"');
    expect(stderr).toMatch(/TiKVGroup "hot" \(a\/hot\.yaml:\d+\)/);
    expect(stderr).toContain('disruptionBudgets: false');
  });

  it.each([
    [
      'of pods of the TidbCluster only',
      OWN.replace('selector: {', 'selector: {matchLabels: {app.kubernetes.io/instance: basic}}\n  x: {'),
      true,
    ],
  ])('%s', async (_, own) => {
    const { messages } = await expand([BASE, HOT, own]);
    expect(messages.some(isDuplicate)).toBe(true);
  });

  it.each([
    ['in another namespace', OWN.replace('namespace: db', 'namespace: other')],
    ['of other pods', OWN.replace('component: tikv', 'component: pd')],
    ['that has no selector', OWN.replace(/ {2}selector.*\n/, '')],
    ['of another API', OWN.replace('policy/v1', 'example.com/v1')],
  ])('is none: one %s', async (_, own) => {
    const { messages } = await expand([BASE, HOT, own]);
    expect(messages.filter(isError)).toEqual([]);
  });
});

const PODS = [
  ...['basic-tikv', 'cold-tikv', 'hot-tikv'].flatMap((set) => [0, 1, 2].map((i) => `${set}-${i}`)),
  'web-tidb-0',
  'web-tidb-1',
];

/** All that runs with these budgets, each pod ready, and then some are evicted. */
function evicting(
  resources: readonly MapValue[],
  budgets: readonly MapValue[],
  pods: readonly string[],
): object[] {
  const sets = resources.filter(({ kind }) => kind === 'StatefulSet');
  const plain = sets.map(({ metadata, spec, ...rest }) => {
    const { minReadySeconds: _, ...its } = isMap(spec) ? spec : {};
    return { ...rest, metadata: metadata ?? {}, spec: { ...its, podManagementPolicy: 'Parallel' } };
  });
  return [
    { do: 'reset' },
    ...[...plain, baseSet({ base: 3 }, 'db'), ...budgets].map((object) => ({ do: 'apply', object })),
    { do: 'sync', now: 1 },
    ...PODS.map((name) => ({ do: 'pod', name, ready: true, now: 2 })),
    { do: 'sync', now: 3 },
    ...pods.map((name) => ({ do: 'evict', name, now: 4 })),
  ];
}

const KEYS = ['component', 'instance', 'managed-by', 'name', 'other'].map(
  (name) => `app.kubernetes.io/${name}`,
);
const VALUES = ['tikv', 'tidb', 'basic', 'cold', 'hot', 'web', 'tidb-operator', 'tidb-cluster', 'x'];

const key = fc.constantFrom(...KEYS);
const value = fc.constantFrom(...VALUES);
const expression = fc.oneof(
  fc.record({
    key,
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.array(value, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);
const selector = fc.record(
  {
    matchLabels: fc.dictionary(key, value, { maxKeys: 2 }),
    matchExpressions: fc.array(expression, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

/** Over some of the stores, and not all: chance alone finds few. */
const SOME_STORES = [
  ['basic'],
  ['cold'],
  ['hot'],
  ['basic', 'cold'],
  ['basic', 'hot'],
  ['cold', 'hot'],
  ['cold', 'web'],
  ['hot', 'web', 'x'],
].map((values) => ({
  matchExpressions: [{ key: 'app.kubernetes.io/instance', operator: 'In', values }],
}));

describe.skipIf(CONTROLLERS.path === undefined)('Kubernetes', () => {
  it('takes what is rendered', async () => {
    const { budgets } = await expand(ALL);
    expect(budgets).toHaveLength(2);
    expect(refusals(budgets)).toEqual([undefined, undefined]);
  });

  it('evicts one store at a time over base and groups, and one SQL server', async () => {
    const { resources, budgets } = await expand(ALL);
    const stores = PODS.slice(0, 9);
    for (const [index, first] of stores.entries()) {
      const second = stores[(index + 4) % 9] ?? '';
      const pods = [first, second, 'web-tidb-0', 'web-tidb-1'];
      const codes = askControllers(evicting(resources, budgets, pods)).slice(-4);
      expect(codes.map(({ code }) => code)).toEqual([undefined, 429, undefined, 429]);
    }
  });

  it('evicts no pod where this is an error, and each where it is none', async () => {
    const all = await expand(ALL);
    const given = [...SOME_STORES, ...fc.sample(selector, { numRuns: runs(600), seed: 7 })];
    const owns = given.map(
      (its): MapValue => ({
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'own', namespace: 'db' },
        spec: { maxUnavailable: '100%', selector: JSON.parse(JSON.stringify(its)) },
      }),
    );
    // One of each set: all pods of a set have the same labels.
    const pods = ['basic-tikv-0', 'cold-tikv-0', 'hot-tikv-0', 'web-tidb-0'];
    const cases: { own: MapValue; isDuplicated: boolean; steps: object[][] }[] = [];
    let replaced = 0;
    for (const own of owns) {
      const { messages, budgets } = await expand([...ALL, JSON.stringify(own)]);
      const isDuplicated = messages.some(isDuplicate);
      if (!isDuplicated && budgets.length < 3) replaced += 1;
      const there = isDuplicated ? [...all.budgets, own] : budgets;
      cases.push({ own, isDuplicated, steps: pods.map((pod) => evicting(all.resources, there, [pod])) });
    }
    const answers = askControllers(cases.flatMap(({ steps }) => steps.flat()));
    let read = 0;
    for (const { own, isDuplicated, steps } of cases) {
      const refused = steps.map(({ length }) => {
        read += length;
        return answers[read - 1]?.code === 500;
      });
      expect(isDuplicated, JSON.stringify(own)).toBe(refused.includes(true));
    }
    const errors = cases.filter(({ isDuplicated }) => isDuplicated).length;
    expect(replaced).toBeGreaterThan(5);
    expect(errors).toBeGreaterThan(5);
    expect(errors).toBeLessThan(owns.length - 5);
  });
});

it('an empty selector was none before policy/v1', () => {
  const spec = { selector: {} };
  expect(isOver({ apiVersion: 'policy/v1', spec }, {})).toBe(true);
  expect(isOver({ apiVersion: 'policy/v1beta1', spec }, {})).toBe(false);
});
