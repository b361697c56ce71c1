import { describe, expect, test } from 'vitest';
import { CLUSTER, stream, TIDB_GROUP, TIKV_GROUP, tidbGroup, tikvGroup } from '../support/basic.ts';
import { renderedOf } from '../support/every-output.ts';
import { kptfile } from '../support/kpt.ts';
import { planOf } from '../support/plan.ts';
import { Sandbox } from '../support/sandbox.ts';

const UNPROTECTED = `apiVersion: groups.pingcap.com/v1alpha1
kind: ExpandTidbGroups
metadata: {name: expand}
spec: {protectStores: false}
`;
const ROLLING = '  configUpdateStrategy: RollingUpdate\n';
const rolling = (make: typeof tikvGroup, name: string, level: string) =>
  make(name, 'basic', `${ROLLING}  config: {log: {level: ${level}}}\n`);

/** All that is said of one workload and of its dangers, digests left out. */
async function said(old: string, now: string, workload: string): Promise<string[]> {
  const { dangers, workloads } = await planOf(old, now);
  const texts = [
    ...dangers.map(({ code, message }) => `${code}: ${message}`),
    ...workloads.filter(({ workload: title }) => title === workload).flatMap(({ notes }) => notes),
  ];
  return texts.map((text) => text.replaceAll(/(-t[ik][dk][bv])-[0-9a-f]{7}/g, '$1-DIGEST'));
}

const HOT = 'TiKVGroup db/hot';
const WEB = 'TiDBGroup db/web';

describe('stores that are no longer rendered', () => {
  const all = stream(CLUSTER, TIKV_GROUP, TIDB_GROUP);

  test('run on under engines that are told to leave them, and the danger is to delete them', async () => {
    expect(await said(all, stream(CLUSTER, TIDB_GROUP), HOT)).toEqual([
      expect.stringMatching(
        /^store-removal: TiKVGroup db\/hot is removed, .* its 3 stores \(600Gi\): Argo CD, Flux and kpt leave them running but unmanaged, and if anybody deletes them, every region /,
      ),
      'Argo CD, Flux and kpt leave ConfigMap hot-tikv, Service hot-tikv-peer, StatefulSet hot-tikv and PodDisruptionBudget basic-tikv in the cluster, because of their annotations; once the stores are empty, delete them: `kubectl -n db delete configmap/hot-tikv service/hot-tikv-peer statefulset/hot-tikv poddisruptionbudget/basic-tikv`',
    ]);
  });

  test('are to be deleted without what serves other stores', async () => {
    const two = stream(CLUSTER, TIKV_GROUP, tikvGroup('cold', 'basic'));
    const notes = await said(two, stream(CLUSTER, tikvGroup('cold', 'basic')), HOT);
    expect(notes.at(-1)).toContain(
      '`kubectl -n db delete configmap/hot-tikv service/hot-tikv-peer statefulset/hot-tikv`',
    );
    expect(notes.join('\n')).not.toMatch(/PodDisruptionBudget basic-tikv/);
    const zones = (names: string) => tikvGroup('hot', 'basic', `  zones: ${names}\n`);
    const [old, now] = [zones('[a, b, c]'), zones('[a, b]').replace('replicas: 3', 'replicas: 2')];
    const ofZone = await said(stream(CLUSTER, old), stream(CLUSTER, now), 'TiKVGroup db/hot-c');
    expect(ofZone.at(-1)).toContain(
      '`kubectl -n db delete configmap/hot-c-tikv service/hot-c-tikv-peer statefulset/hot-c-tikv`',
    );
  });

  test('go where nobody protects them', async () => {
    const [old, now] = [stream(UNPROTECTED, all), stream(UNPROTECTED, CLUSTER, TIDB_GROUP)];
    expect(await said(old, now, HOT)).toEqual([
      expect.stringMatching(
        /^store-removal: TiKVGroup db\/hot is removed with its 3 stores \(600Gi\), .* every region /,
      ),
      expect.stringMatching(/^quorum-at-risk: /),
    ]);
  });

  test.each([
    { told: 'kustomize.toolkit.fluxcd.io/prune: enabled', leave: 'Argo CD and kpt leave' },
    {
      told: 'kustomize.toolkit.fluxcd.io/prune: enabled, client.lifecycle.config.k8s.io/deletion: delete',
      leave: 'Argo CD leaves',
    },
  ])(
    'are left by those engines alone that the group does not tell otherwise: $leave',
    async ({ told, leave }) => {
      const group = TIKV_GROUP.replace('\nspec:', `\n  annotations: {${told}}\nspec:`);
      expect(await said(stream(CLUSTER, group), CLUSTER, HOT)).toEqual([
        expect.stringContaining(`: ${leave} them running `),
        expect.stringMatching(/^quorum-at-risk: /),
        expect.stringMatching(new RegExp(`^${leave} ConfigMap hot-tikv, `)),
      ]);
    },
  );

  test('run on beside those of a new name', async () => {
    expect(await said(all, all.replace('name: hot', 'name: fast'), HOT)).toEqual([
      expect.stringMatching(
        /^group-renamed: .*: the stores of hot-tikv are left running by Argo CD, Flux and kpt, .*, and fast-tikv starts with empty ones$/,
      ),
      expect.stringMatching(/^Argo CD, Flux and kpt leave /),
    ]);
  });

  test('are so as TidbClusters too', async () => {
    const as = (text: string) =>
      stream(UNPROTECTED.replace('protectStores: false', 'output: TidbCluster'), text);
    expect(await said(as(all), as(stream(CLUSTER, TIDB_GROUP)), HOT)).toEqual([
      expect.stringMatching(/^store-removal: .* Argo CD, Flux and kpt leave them running /),
      'Argo CD, Flux and kpt leave TidbCluster hot in the cluster, because of their annotations; once the stores are empty, delete them: `kubectl -n db delete tidbcluster/hot`',
    ]);
  });
});

describe('a TidbCluster that is no longer rendered', () => {
  test.each([
    {
      name: 'stays where groups have joined it',
      old: stream(CLUSTER, TIDB_GROUP),
      says: /^cluster-removed: TidbCluster db\/basic is no longer rendered: Argo CD, Flux and kpt leave it in the cluster, /,
    },
    {
      name: 'goes where none has',
      old: CLUSTER,
      says: /^cluster-removed: TidbCluster db\/basic is removed, and with it all pods /,
    },
  ])('$name', async ({ old, says }) => {
    const found = await said(old, stream(CLUSTER.replace('name: basic', 'name: other')), '');
    expect(found).toEqual([expect.stringMatching(says)]);
  });
});

describe('a ConfigMap that pods mount until they restart', () => {
  test('is left by engines, and deleted by hand', async () => {
    const [old, now] = ['info', 'warn'].map((level) =>
      stream(CLUSTER, rolling(tikvGroup, 'hot', level), rolling(tidbGroup, 'web', level)),
    );
    const [hot, web] = [await said(old ?? '', now ?? '', HOT), await said(old ?? '', now ?? '', WEB)];
    expect(hot).toEqual([
      'Argo CD, Flux and kpt leave the ConfigMap hot-tikv-DIGEST, which pods mount until they restart; once all pods have restarted, delete it: `kubectl -n db delete configmap hot-tikv-DIGEST`',
    ]);
    expect(web).toEqual([
      'Flux and kpt leave the ConfigMap web-tidb-DIGEST, which pods mount until they restart; once all pods have restarted, delete it: `kubectl -n db delete configmap web-tidb-DIGEST`',
    ]);
  });

  test('is to be annotated where it is not yet', async () => {
    const [old, now] = [stream(CLUSTER, TIDB_GROUP), stream(CLUSTER, tidbGroup('web', 'basic', ROLLING))];
    expect(await said(old, now, WEB)).toEqual([
      'Flux and kpt may delete the ConfigMap web-tidb before the pods that mount it have restarted; protect it first: `kubectl -n db annotate configmap web-tidb kustomize.toolkit.fluxcd.io/prune=disabled client.lifecycle.config.k8s.io/deletion=detach --overwrite`; once all pods have restarted, delete it: `kubectl -n db delete configmap web-tidb`',
    ]);
  });

  test('is another one for the operator as well, and nothing of ours to keep', async () => {
    const as = UNPROTECTED.replace('protectStores: false', 'output: TidbCluster');
    const [old, now] = ['info', 'warn'].map((level) => stream(as, CLUSTER, rolling(tidbGroup, 'web', level)));
    expect(await said(old ?? '', now ?? '', WEB)).toEqual([]);
  });
});

describe('a package that has its groups beside what they were rendered into', () => {
  const sources = stream(CLUSTER, TIKV_GROUP, TIDB_GROUP);
  const verdictOf = async (old: string, now: string) => (await planOf(old, now)).verdict;

  test.each([
    ['a Kptfile', kptfile('db')],
    ['a function config', UNPROTECTED.replace('protectStores: false', 'output: Workloads')],
    [
      'what is for tools only',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: db, annotations: {config.kubernetes.io/local-config: "true"}}\n',
    ],
  ])('is the same as its render where it has %s, which the render has not', async (_, forTools) => {
    const rendered = await renderedOf(stream(sources, forTools));
    const [cluster = ''] = rendered.split('---\n');
    const whole = stream(sources, forTools, rendered.slice(cluster.length + 4));
    expect(await verdictOf(whole, rendered)).toBe('unchanged');
    expect(await verdictOf(rendered, whole)).toBe('unchanged');
    const leftovers = stream(rendered, forTools);
    expect(await verdictOf(whole, leftovers)).toBe('dangerous');
  });

  test('has lost its groups where nothing tells its render from it', async () => {
    const rendered = await renderedOf(sources);
    const [cluster = ''] = rendered.split('---\n');
    expect(await verdictOf(stream(sources, rendered.slice(cluster.length + 4)), rendered)).toBe('dangerous');
  });
});

test.each(['Workloads', 'TidbCluster'])(
  'commands of a switch to %s annotate what has an annotation already',
  async (output) => {
    const [old, now] = [output === 'Workloads' ? 'TidbCluster' : 'Workloads', output].map((one) =>
      stream(UNPROTECTED.replace('protectStores: false', `output: ${one}`), CLUSTER, TIKV_GROUP),
    );
    const { dangers } = await planOf(old ?? '', now ?? '');
    const commands = dangers
      .flatMap(({ instead }) => instead.join('\n').split('`'))
      .filter((text) => text.startsWith('kubectl') && text.includes(' annotate '));
    expect(commands).toEqual([expect.stringMatching(/ --overwrite$/)]);
  },
);

test('the JSON tells what is left from what is deleted', () => {
  const sandbox = new Sandbox({
    'old.yaml': stream(CLUSTER, rolling(tikvGroup, 'hot', 'info'), rolling(tidbGroup, 'web', 'info')),
    'new.yaml': CLUSTER,
  });
  const { stdout } = sandbox.groups(['diff', '-o', 'json', 'old.yaml', 'new.yaml']);
  const { resources } = JSON.parse(stdout);
  const gone = resources
    .filter(({ verdict }: { verdict: string }) => verdict !== 'changed')
    .map(({ resource: { kind, name }, verdict, leftBy }: Gone) => [
      `${kind} ${name.replace(/-[0-9a-f]{7}$/, '')}`,
      verdict,
      leftBy,
    ]);
  const all = ['Argo CD', 'Flux', 'kpt'];
  expect(gone).toEqual([
    ['ConfigMap hot-tikv', 'left', all],
    ['Service hot-tikv-peer', 'left', all],
    ['StatefulSet hot-tikv', 'left', all],
    ['ConfigMap hot-tikv-drain', 'deleted', undefined],
    ['Job hot-tikv-drain', 'deleted', undefined],
    ['PodDisruptionBudget basic-tikv', 'left', all],
    ['ConfigMap web-tidb', 'left', ['Flux', 'kpt']],
    ['Service web-tidb-peer', 'deleted', undefined],
    ['Service web-tidb', 'deleted', undefined],
    ['StatefulSet web-tidb', 'deleted', undefined],
    ['PodDisruptionBudget web-tidb', 'deleted', undefined],
  ]);
});

interface Gone {
  readonly resource: { readonly kind: string; readonly name: string };
  readonly verdict: string;
  readonly leftBy?: readonly string[];
}
