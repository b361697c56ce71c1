import { expect, test } from 'vitest';
import { CLUSTER, cluster, stream, TIDB_GROUP, TIKV_GROUP, tidbGroup, tikvGroup } from '../support/basic.ts';
import { build, built, EXPAND } from '../support/kustomize.ts';
import { at, titleOf } from '../support/read-yaml.ts';
import { inTurn } from '../support/runs.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';
import { describeWith, KUSTOMIZE_4, KUSTOMIZE_5 } from '../support/tools.ts';

/** The expected result of a build: its clusters, the groups that they name, and the servers' peers. */
interface Expected {
  readonly clusters: Readonly<Record<string, string>>;
  readonly servers: Readonly<Record<string, string>>;
}

interface Layout extends Expected {
  readonly name: string;
  /** Files, where `top` is what is built; `top/expand.yaml` and `base` are there already. */
  readonly files: Files;
}

const BASE: Files = {
  'base/kustomization.yaml': 'resources: [resources.yaml]\n',
  'base/resources.yaml': stream(CLUSTER, TIKV_GROUP, TIDB_GROUP),
  'top/expand.yaml': EXPAND,
};

const layer = (resources: string, rest = '') => `resources: [${resources}]\n${rest}`;
const top = (resources: string, rest = '') => layer(resources, `transformers: [expand.yaml]\n${rest}`);

const LAYOUTS: readonly Layout[] = [
  {
    name: 'nothing renamed',
    files: { 'top/kustomization.yaml': top('../base') },
    clusters: { 'db/basic': 'tikv=hot tidb=web' },
    servers: { 'db/hot-tikv': 'basic-pd:2379', 'db/web-tidb': 'basic-pd:2379' },
  },
  {
    name: 'a prefix in the overlay',
    files: { 'top/kustomization.yaml': top('../base', 'namePrefix: prod-\n') },
    clusters: { 'db/prod-basic': 'tikv=prod-hot tidb=prod-web' },
    servers: { 'db/prod-hot-tikv': 'prod-basic-pd:2379', 'db/prod-web-tidb': 'prod-basic-pd:2379' },
  },
  {
    name: 'a prefix in the base',
    files: {
      'base/kustomization.yaml': layer('resources.yaml', 'namePrefix: prod-\n'),
      'top/kustomization.yaml': top('../base'),
    },
    clusters: { 'db/prod-basic': 'tikv=prod-hot tidb=prod-web' },
    servers: { 'db/prod-hot-tikv': 'prod-basic-pd:2379', 'db/prod-web-tidb': 'prod-basic-pd:2379' },
  },
  {
    name: 'two prefixes, one on the other',
    files: {
      'base/kustomization.yaml': layer('resources.yaml', 'namePrefix: a-\n'),
      'top/kustomization.yaml': top('../base', 'namePrefix: prod-\n'),
    },
    clusters: { 'db/prod-a-basic': 'tikv=prod-a-hot tidb=prod-a-web' },
    servers: { 'db/prod-a-hot-tikv': 'prod-a-basic-pd:2379', 'db/prod-a-web-tidb': 'prod-a-basic-pd:2379' },
  },
  {
    name: 'a suffix',
    files: { 'top/kustomization.yaml': top('../base', 'nameSuffix: -b\n') },
    clusters: { 'db/basic-b': 'tikv=hot-b tidb=web-b' },
    servers: { 'db/hot-b-tikv': 'basic-b-pd:2379', 'db/web-b-tidb': 'basic-b-pd:2379' },
  },
  {
    name: 'another namespace',
    files: { 'top/kustomization.yaml': top('../base', 'namespace: prod\n') },
    clusters: { 'prod/basic': 'tikv=hot tidb=web' },
    servers: { 'prod/hot-tikv': 'basic-pd:2379', 'prod/web-tidb': 'basic-pd:2379' },
  },
  {
    name: 'another namespace, where the group says the one from before',
    files: {
      'base/resources.yaml': stream(
        CLUSTER,
        TIKV_GROUP.replace('name: basic\n', 'name: basic\n    namespace: db\n'),
      ),
      'top/kustomization.yaml': top('../base', 'namespace: prod\nnamePrefix: prod-\n'),
    },
    clusters: { 'prod/prod-basic': 'tikv=prod-hot' },
    servers: { 'prod/prod-hot-tikv': 'prod-basic-pd:2379' },
  },
  {
    name: 'a cluster in a namespace of its own, both renamed',
    files: {
      'base/resources.yaml': stream(
        cluster('basic', 'other'),
        TIKV_GROUP.replace('name: basic\n', 'name: basic\n    namespace: other\n'),
      ),
      'top/kustomization.yaml': top('../base', 'namePrefix: prod-\n'),
    },
    clusters: { 'other/prod-basic': 'tikv=db/prod-hot' },
    servers: { 'db/prod-hot-tikv': 'prod-basic-pd.other.svc:2379' },
  },
  {
    name: 'a prefix, a suffix and a namespace, two layers',
    files: {
      'base/kustomization.yaml': layer('resources.yaml', 'namePrefix: a-\nnamespace: first\n'),
      'top/kustomization.yaml': top('../base', 'nameSuffix: -z\nnamePrefix: b-\nnamespace: second\n'),
    },
    clusters: { 'second/b-a-basic-z': 'tikv=b-a-hot-z tidb=b-a-web-z' },
    servers: {
      'second/b-a-hot-z-tikv': 'b-a-basic-z-pd:2379',
      'second/b-a-web-z-tidb': 'b-a-basic-z-pd:2379',
    },
  },
  {
    name: 'two overlays of one base in one build',
    files: {
      'prod/kustomization.yaml': layer('../base', 'namePrefix: prod-\nnamespace: prod\n'),
      'stage/kustomization.yaml': layer('../base', 'nameSuffix: -stage\n'),
      'top/kustomization.yaml': top('../prod, ../stage'),
    },
    clusters: {
      'prod/prod-basic': 'tikv=prod-hot tidb=prod-web',
      'db/basic-stage': 'tikv=hot-stage tidb=web-stage',
    },
    servers: {
      'prod/prod-hot-tikv': 'prod-basic-pd:2379',
      'prod/prod-web-tidb': 'prod-basic-pd:2379',
      'db/hot-stage-tikv': 'basic-stage-pd:2379',
      'db/web-stage-tidb': 'basic-stage-pd:2379',
    },
  },
  {
    name: 'two overlays of one base in one namespace',
    files: {
      'prod/kustomization.yaml': layer('../base', 'namePrefix: prod-\n'),
      'stage/kustomization.yaml': layer('../base', 'namePrefix: stage-\n'),
      'top/kustomization.yaml': top('../prod, ../stage'),
    },
    clusters: {
      'db/prod-basic': 'tikv=prod-hot tidb=prod-web',
      'db/stage-basic': 'tikv=stage-hot tidb=stage-web',
    },
    servers: {
      'db/prod-hot-tikv': 'prod-basic-pd:2379',
      'db/prod-web-tidb': 'prod-basic-pd:2379',
      'db/stage-hot-tikv': 'stage-basic-pd:2379',
      'db/stage-web-tidb': 'stage-basic-pd:2379',
    },
  },
  {
    name: 'two overlays that each run the function, in one build',
    files: {
      'prod/kustomization.yaml': layer('../base', 'namePrefix: prod-\ntransformers: [expand.yaml]\n'),
      'prod/expand.yaml': EXPAND,
      'stage/kustomization.yaml': layer('../base', 'namePrefix: stage-\ntransformers: [expand.yaml]\n'),
      'stage/expand.yaml': EXPAND,
      'top/kustomization.yaml': layer('../prod, ../stage'),
    },
    clusters: {
      'db/prod-basic': 'tikv=prod-hot tidb=prod-web',
      'db/stage-basic': 'tikv=stage-hot tidb=stage-web',
    },
    servers: {
      'db/prod-hot-tikv': 'prod-basic-pd:2379',
      'db/prod-web-tidb': 'prod-basic-pd:2379',
      'db/stage-hot-tikv': 'stage-basic-pd:2379',
      'db/stage-web-tidb': 'stage-basic-pd:2379',
    },
  },
  {
    name: 'a group of the overlay that says the name from before',
    files: {
      'base/kustomization.yaml': layer('resources.yaml', 'namePrefix: prod-\n'),
      'base/resources.yaml': CLUSTER,
      'top/groups.yaml': TIKV_GROUP,
      'top/kustomization.yaml': top('../base, groups.yaml'),
    },
    clusters: { 'db/prod-basic': 'tikv=hot' },
    servers: { 'db/hot-tikv': 'prod-basic-pd:2379' },
  },
  {
    name: 'a group of the overlay that says the new name',
    files: {
      'base/kustomization.yaml': layer('resources.yaml', 'namePrefix: prod-\n'),
      'base/resources.yaml': CLUSTER,
      'top/groups.yaml': tikvGroup('hot', 'prod-basic'),
      'top/kustomization.yaml': top('../base, groups.yaml'),
    },
    clusters: { 'db/prod-basic': 'tikv=hot' },
    servers: { 'db/hot-tikv': 'prod-basic-pd:2379' },
  },
  {
    name: 'a cluster that is renamed to what another was called',
    files: {
      'base/kustomization.yaml': layer('resources.yaml', 'namePrefix: a-\n'),
      'base/resources.yaml': stream(CLUSTER, TIKV_GROUP),
      'top/more.yaml': stream(cluster('basic'), tikvGroup('cold', 'basic')),
      'top/kustomization.yaml': top('../base, more.yaml'),
    },
    clusters: { 'db/a-basic': 'tikv=a-hot', 'db/basic': 'tikv=cold' },
    servers: { 'db/a-hot-tikv': 'a-basic-pd:2379', 'db/cold-tikv': 'basic-pd:2379' },
  },
];

/** Each layout has its turn with one of the versions. */
const layoutsOf = (turn: number) => LAYOUTS.filter((_, index) => inTurn([0, 1], index).includes(turn));

describeWith([KUSTOMIZE_5, KUSTOMIZE_4], 'which cluster a group means', (kustomize) => {
  const layouts = layoutsOf(kustomize === KUSTOMIZE_5.path ? 0 : 1);

  test.each(layouts)('with $name', ({ files, clusters, servers }) => {
    const sandbox = new Sandbox({ ...BASE, ...files });
    expect(summaryOf(sandbox, kustomize)).toEqual({ clusters, servers });
  });

  test('is an error where it could be two', () => {
    const sandbox = new Sandbox({
      ...BASE,
      'base/resources.yaml': CLUSTER,
      'prod/kustomization.yaml': layer('../base', 'namePrefix: prod-\n'),
      'stage/kustomization.yaml': layer('../base', 'namePrefix: stage-\n'),
      'top/groups.yaml': TIDB_GROUP,
      'top/kustomization.yaml': top('../prod, ../stage, groups.yaml'),
    });
    const { status, stdout, stderr } = build(sandbox, kustomize, 'top');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(
      'error: TiDBGroup db/web: `spec.cluster.name` is "basic", which could be "prod-basic" (namespace "db") and "stage-basic" (namespace "db")',
    );
  });

  test('is an error that names the existing ones, if none has that name', () => {
    const sandbox = new Sandbox({
      ...BASE,
      'base/resources.yaml': stream(CLUSTER, tidbGroup('web', 'basics')),
      'top/kustomization.yaml': top('../base', 'namePrefix: prod-\n'),
    });
    const { status, stdout, stderr } = build(sandbox, kustomize, 'top');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('must name a TidbCluster, but "basics" in namespace "db" does not exist');
    expect(stderr).toContain('the resources have "basic" (namespace "db"): name one of them');
  });

  const NAMING = /(cluster:\n\s+name: )\S+/g;

  test.each(layouts)('is an error for a typo, whose advice leads to the same build, with $name', (layout) => {
    const files = Object.entries({ ...BASE, ...layout.files });
    const typo = (name: string) =>
      new Sandbox(Object.fromEntries(files.map(([file, text]) => [file, text.replace(NAMING, `$1${name}`)])));
    const { status, stderr } = build(typo('basix'), kustomize, 'top');
    expect(status).toBe(1);
    const advised = new Set(
      [...stderr.matchAll(/the resources have ([^:]+): name one of them/g)].flatMap(([, names = '']) =>
        names.split(', ').map((name) => /^"([^"]+)"/.exec(name)?.[1] ?? ''),
      ),
    );
    expect(advised.size).toBeGreaterThan(0);
    // Where the resources are of several layers, each has names of its own.
    if (advised.size > 1) return;
    const { clusters, servers } = layout;
    expect(summaryOf(typo([...advised].join()), kustomize)).toEqual({ clusters, servers });
  });
});

function summaryOf(sandbox: Sandbox, kustomize: string): Expected {
  const clusters: Record<string, string> = {};
  const servers: Record<string, string> = {};
  const resources = built(sandbox, kustomize, 'top');
  const scripts = new Map(
    resources
      .filter(({ kind }) => kind === 'ConfigMap')
      .map((map) => [titleOf(map), `${at(map, 'data', 'startup-script')}`]),
  );
  for (const resource of resources) {
    const [kind, name = ''] = titleOf(resource).split(' ');
    if (kind === 'TidbCluster') clusters[name] = groupsOf(resource);
    if (kind !== 'StatefulSet') continue;
    const script = scripts.get(`ConfigMap ${name}`) ?? '';
    const [, address = 'nobody'] = /--(?:pd|path)=(?:http:\/\/)?(\S+)/.exec(script) ?? [];
    servers[name] = address;
  }
  return { clusters, servers };
}

function groupsOf(resource: Parameters<typeof at>[0]): string {
  return ['tikv', 'tidb']
    .map((kind) => [kind, at(resource, 'metadata', 'annotations', `groups.pingcap.com/${kind}`)])
    .filter(([, names]) => names !== undefined)
    .map(([kind, names]) => `${kind}=${names}`)
    .join(' ');
}
