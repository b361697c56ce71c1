import { expect, test } from 'vitest';
import {
  CLUSTER,
  configMap,
  GENERATED,
  stream,
  TIDB_GROUP,
  TIKV_GROUP,
  tidbGroup,
  tikvGroup,
} from '../support/basic.ts';
import { HANDED_OVER, KEPT_LINES } from '../support/engines.ts';
import { withoutTally } from '../support/frame.ts';
import { build, built, EXPAND, transformer } from '../support/kustomize.ts';
import { at, find, readYaml, titleOf } from '../support/read-yaml.ts';
import { inTurn } from '../support/runs.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';
import { describeWith, KUSTOMIZE_4, KUSTOMIZE_5_8 } from '../support/tools.ts';

const EXPANDED: Files = {
  'kustomization.yaml': 'resources: [resources.yaml]\ntransformers: [expand.yaml]\n',
  'expand.yaml': EXPAND,
  'resources.yaml': stream(CLUSTER, TIKV_GROUP, TIDB_GROUP),
};

/** Values that functions are known to change in transit. */
const DELICATE = `apiVersion: example.com/v1
kind: Anything
metadata:
  name: delicate
  namespace: db
spec:
  octal: 0644
  large: 9007199254740993
  larger: 18446744073709551615
  float: 1.0
  strings: ["on", "y", "1:30", "2020-01-01", "1_000", "0644", "0x1f", "1e3", "null", "~", "", "=", "<<"]
  date: "2020-01-01"
  text: |
    #!/bin/sh
    echo "$HOME"   # keeps its spaces   

    exit 0
  folded: >-
    one
    two
  empty: {}
  none: []
`;

describeWith(inTurn([KUSTOMIZE_5_8, KUSTOMIZE_4], 0), 'a build', (kustomize) => {
  test('has the resources of the groups, and not the groups', () => {
    const titles = built(new Sandbox(EXPANDED), kustomize).map(titleOf);
    expect(titles.sort()).toEqual([...GENERATED, 'TidbCluster db/basic'].sort());
  });

  test('has the resources of a group after one another, in the order of the input', () => {
    const titles = built(new Sandbox(EXPANDED), kustomize, '.', ['--reorder', 'none']).map(titleOf);
    // kustomize appends what is new.
    expect(titles).toEqual(['TidbCluster db/basic', ...GENERATED]);
  });

  test('gives the same bytes each time', () => {
    const sandbox = new Sandbox(EXPANDED);
    expect(build(sandbox, kustomize)).toEqual(build(sandbox, kustomize));
  });

  test('holds no anchors, aliases or annotations that are only for tools', () => {
    const { stdout } = build(new Sandbox(EXPANDED), kustomize);
    expect(stdout).not.toMatch(/(?:^|\s)[&*]\w/);
    expect(stdout).not.toMatch(HANDED_OVER);
  });

  test('changes nothing in all other resources', () => {
    const others = {
      'others.yaml': stream(
        DELICATE,
        configMap('named-by-others', `  script: |\n${'    echo a long line\n'.repeat(2000)}`),
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  template:\n    spec:\n      containers:\n      - name: app\n        image: app\n        envFrom:\n        - configMapRef:\n            name: named-by-others\n      volumes:\n      - name: secret\n        secret:\n          secretName: key\n          defaultMode: 0400\n',
      ),
      'base/kustomization.yaml':
        'resources: [resources.yaml, others.yaml]\nnamePrefix: prod-\nsecretGenerator:\n- name: key\n  literals: [a=b]\n',
    };
    const plain = new Sandbox({
      'kustomization.yaml': 'resources: [base]\nnamespace: prod\n',
      'base/kustomization.yaml': others['base/kustomization.yaml'],
      'base/others.yaml': others['others.yaml'],
      'base/resources.yaml': CLUSTER,
    });
    const expanded = new Sandbox({
      'kustomization.yaml': 'resources: [base]\nnamespace: prod\ntransformers: [expand.yaml]\n',
      'expand.yaml': EXPAND,
      'base/kustomization.yaml': others['base/kustomization.yaml'],
      'base/others.yaml': others['others.yaml'],
      'base/resources.yaml': stream(CLUSTER, TIKV_GROUP),
    });
    const before = documentsOf(build(plain, kustomize).stdout);
    const after = documentsOf(withoutTally(build(expanded, kustomize).stdout));
    const untouched = before.filter((text) => !text.includes('kind: TidbCluster'));
    expect(untouched).toHaveLength(4);
    for (const text of untouched) expect(after).toContain(text);
    // The cluster's own text gains its annotations and nothing else; kustomize sorts them.
    const cluster = before.find((text) => text.includes('kind: TidbCluster'));
    const lines = ['    groups.pingcap.com/tikv: prod-hot', ...KEPT_LINES.trimEnd().split('\n')].sort();
    const annotations = `  annotations:\n${lines.join('\n')}\n`;
    expect(after).toContain(cluster?.replace('metadata:\n', `metadata:\n${annotations}`));
  });

  test('keeps the meaning of values that a group hands on', () => {
    const strings = [
      'on',
      'y',
      '1:30',
      '2020-01-01',
      '1_000',
      '0644',
      '0x1f',
      '1e3',
      'null',
      '~',
      '=',
      '018',
    ];
    const env = strings.map((text, index) => `  - name: V${index}\n    value: "${text}"\n`).join('');
    const spec = `  env:\n${env}  terminationGracePeriodSeconds: 9007199254740993\n  additionalVolumes:\n  - name: keys\n    secret:\n      secretName: keys\n      defaultMode: 0400\n`;
    const sandbox = new Sandbox({
      ...EXPANDED,
      'resources.yaml': stream(CLUSTER, tikvGroup('hot', 'basic', spec)),
    });
    const pod = ['spec', 'template', 'spec'];
    const { stdout } = build(sandbox, kustomize);
    for (const version of ['1.1', '1.2'] as const) {
      const set = find(readYaml(stdout, version), 'StatefulSet db/hot-tikv');
      const values = strings.map((_, index) =>
        at(set, ...pod, 'containers', 'tikv', 'env', `V${index}`, 'value'),
      );
      expect(values).toEqual(strings);
      expect(at(set, ...pod, 'terminationGracePeriodSeconds')).toBe(9007199254740993n);
      expect(at(set, ...pod, 'volumes', 'keys', 'secret', 'defaultMode')).toBe(256n);
    }
  });

  test('gives generated resources the hashed names of what a group mounts and reads', () => {
    const spec =
      '  envFrom:\n  - configMapRef:\n      name: settings\n  - secretRef:\n      name: password\n  additionalVolumes:\n  - name: settings\n    configMap:\n      name: settings\n  additionalVolumeMounts:\n  - name: settings\n    mountPath: /settings\n';
    const sandbox = new Sandbox({
      ...EXPANDED,
      'kustomization.yaml':
        'resources: [base]\nnamespace: prod\nnamePrefix: prod-\ntransformers: [expand.yaml]\n',
      'base/kustomization.yaml':
        'resources: [resources.yaml]\nconfigMapGenerator:\n- name: settings\n  literals: [a=b]\nsecretGenerator:\n- name: password\n  literals: [a=b]\n',
      'base/resources.yaml': stream(CLUSTER, TIKV_GROUP + spec, TIDB_GROUP + spec),
    });
    const resources = built(sandbox, kustomize);
    const named = (kind: string) =>
      at(
        resources.find(
          (resource) =>
            resource.kind === kind && titleOf(resource).includes('-settings') === (kind === 'ConfigMap'),
        ),
        'metadata',
        'name',
      );
    const settings = named('ConfigMap');
    const password = named('Secret');
    expect(settings).toMatch(/^prod-settings-[a-z0-9]{10}$/);
    expect(password).toMatch(/^prod-password-[a-z0-9]{10}$/);
    for (const [title, container] of [
      ['StatefulSet prod/prod-hot-tikv', 'tikv'],
      ['StatefulSet prod/prod-web-tidb', 'tidb'],
    ] as const) {
      const pod = at(find(resources, title), 'spec', 'template', 'spec');
      expect(at(pod, 'volumes', 'settings', 'configMap', 'name')).toBe(settings);
      expect(at(pod, 'containers', container, 'envFrom')).toEqual([
        { configMapRef: { name: settings } },
        { secretRef: { name: password } },
      ]);
    }
  });

  test('sees replicas, images and patches of its own kustomization already made', () => {
    const sandbox = new Sandbox({
      ...EXPANDED,
      'kustomization.yaml': `resources: [resources.yaml]
transformers: [expand.yaml]
configurations: [fields.yaml]
replicas:
- name: web
  count: 7
patchesStrategicMerge:
- |-
  apiVersion: pingcap.com/v1alpha1
  kind: TiKVGroup
  metadata: {name: hot, namespace: db}
  spec: {requests: {storage: 1Ti}}
`,
      'fields.yaml': 'replicas:\n- {group: pingcap.com, kind: TiDBGroup, path: spec/replicas}\n',
    });
    const resources = built(sandbox, kustomize);
    expect(at(find(resources, 'StatefulSet db/web-tidb'), 'spec', 'replicas')).toBe(7n);
    const [claim] = [at(find(resources, 'StatefulSet db/hot-tikv'), 'spec', 'volumeClaimTemplates', 0)];
    expect(at(claim, 'spec', 'resources', 'requests', 'storage')).toBe('1Ti');
  });

  test('lets a transformer after it set the images that it brought in', () => {
    const sandbox = new Sandbox({
      ...EXPANDED,
      'kustomization.yaml': 'resources: [resources.yaml]\ntransformers: [expand.yaml, images.yaml]\n',
      'images.yaml':
        'apiVersion: builtin\nkind: ImageTagTransformer\nmetadata: {name: images}\nimageTag: {name: pingcap/tikv, newName: registry.example.com/tikv}\n',
    });
    const set = find(built(sandbox, kustomize), 'StatefulSet db/hot-tikv');
    expect(at(set, 'spec', 'template', 'spec', 'containers', 'tikv', 'image')).toBe(
      'registry.example.com/tikv:v8.5.7',
    );
  });

  test.each([
    ['in the list of transformers', `transformers:\n- |-\n${indented(EXPAND)}`, {}],
    [
      'a directory',
      'transformers: [functions]\n',
      {
        'functions/kustomization.yaml': 'resources: [expand.yaml]\n',
        'functions/expand.yaml': EXPAND,
      },
    ],
    [
      'a ConfigMap',
      'transformers: [config-map.yaml]\n',
      {
        'config-map.yaml': `${EXPAND.replace('groups.pingcap.com/v1alpha1', 'v1').replace('ExpandTidbGroups', 'ConfigMap')}data:\n  strict: "false"\n`,
      },
    ],
    [
      'by a path',
      'transformers: [by-path.yaml]\n',
      {
        'by-path.yaml': EXPAND.replace('path: tidb-groups', 'path: ./start'),
        start: '#!/bin/sh\nexec tidb-groups\n',
      },
    ],
  ])('takes the function config as %s', (_, transformers, files) => {
    const sandbox = new Sandbox({
      ...EXPANDED,
      ...files,
      'kustomization.yaml': `resources: [resources.yaml]\n${transformers}`,
    });
    if (sandbox.exists('start')) sandbox.run('chmod', ['+x', 'start']);
    expect(built(sandbox, kustomize)).toHaveLength(GENERATED.length + 1);
  });

  test('gives the same result with the function twice, because the second finds the output of the first', () => {
    const twice = new Sandbox({
      ...EXPANDED,
      'kustomization.yaml': 'resources: [resources.yaml]\ntransformers: [expand.yaml, again.yaml]\n',
      'again.yaml': EXPAND.replace('name: expand', 'name: again'),
    });
    expect(build(twice, kustomize)).toEqual(build(new Sandbox(EXPANDED), kustomize));
  });

  test('fails with the function as a generator, which sees no resources', () => {
    for (const resources of [stream(CLUSTER, TIKV_GROUP), configMap('settings')]) {
      const sandbox = new Sandbox({
        ...EXPANDED,
        'kustomization.yaml': 'resources: [resources.yaml]\ngenerators: [expand.yaml]\n',
        'resources.yaml': resources,
      });
      const { status, stdout, stderr } = build(sandbox, kustomize);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain('under `generators` kustomize passes no resources');
    }
  });

  test('is not cut at the size of a pipe', () => {
    const large = `  text: ${'0123456789'.repeat(1000)}\n`;
    const many = Array.from({ length: 50 }, (_, index) => configMap(`settings-${index}`, large));
    const sandbox = new Sandbox({
      ...EXPANDED,
      'resources.yaml': stream(CLUSTER, ...many, TIKV_GROUP, TIDB_GROUP),
    });
    expect(built(sandbox, kustomize)).toHaveLength(50 + 1 + GENERATED.length);
  });

  test('expands groups that say they are local, and without the function leaves them out', () => {
    const local = '  annotations:\n    config.kubernetes.io/local-config: "true"\n';
    const groups = [TIKV_GROUP, TIDB_GROUP].map((text) => text.replace('spec:\n', `${local}spec:\n`));
    const sandbox = new Sandbox({ ...EXPANDED, 'resources.yaml': stream(CLUSTER, ...groups) });
    const titles = built(sandbox, kustomize).map(titleOf);
    expect(titles.sort()).toEqual([...GENERATED, 'TidbCluster db/basic'].sort());
    const without = sandbox.run(kustomize, ['build', '--enable-alpha-plugins', '.']);
    expect({ ...without, stdout: readYaml(without.stdout).map(titleOf) }).toMatchObject({
      status: 0,
      stdout: ['TidbCluster db/basic'],
    });
  });
});

describeWith(inTurn([KUSTOMIZE_5_8, KUSTOMIZE_4], 1), 'a build that must not come out', (kustomize) => {
  test.each<{ name: string; resources: readonly string[]; says: readonly string[]; config?: string }>([
    {
      name: 'groups with several mistakes, all of which it tells',
      resources: [
        CLUSTER,
        tikvGroup('hot', 'nobody'),
        tidbGroup('web', 'basic', '  replica: 3\n'),
        tikvGroup('Cold', 'basic'),
      ],
      says: [
        'error: TiKVGroup db/hot: `spec.cluster.name` must name a TidbCluster, but "nobody"',
        'error: TiDBGroup db/web: `spec.replica`',
        'error: TiKVGroup db/Cold: `metadata.name` must be a DNS label, but "Cold" is not',
      ],
    },
    {
      name: 'a resource of the user that has the name of a generated one',
      resources: [CLUSTER, TIKV_GROUP, configMap('hot-tikv')],
      says: ['error: TiKVGroup db/hot: `metadata.name` is "hot", which makes the ConfigMap "hot-tikv"'],
    },
    {
      name: 'a group that takes the names of the cluster itself',
      resources: [CLUSTER, tikvGroup('basic', 'basic')],
      says: ['error: TiKVGroup db/basic: `metadata.name` is "basic"'],
    },
    {
      name: 'a function config with an unknown setting',
      resources: [CLUSTER, TIKV_GROUP],
      config: transformer('spec:\n  strikt: true\n'),
      says: ['`spec.strikt`', '`strict`'],
    },
    {
      name: 'a function config of another kind',
      resources: [CLUSTER, TIKV_GROUP],
      config: EXPAND.replace('kind: ExpandTidbGroups', 'kind: Expand'),
      says: ['"ExpandTidbGroups"', '"Expand"'],
    },
  ])('for $name', ({ resources, says, config = EXPAND }) => {
    const sandbox = new Sandbox({
      ...EXPANDED,
      'resources.yaml': stream(...resources),
      'expand.yaml': config,
    });
    const { status, stdout, stderr } = build(sandbox, kustomize);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    for (const text of says) expect(stderr).toContain(text);
    // One line per problem, and kustomize's own line last.
    const lines = stderr.trimEnd().split('\n');
    expect(lines.filter((line) => line.includes('error: '))).toHaveLength(
      says.length - (config === EXPAND ? 0 : 1),
    );
    expect(lines.at(-1)).toContain("couldn't execute function: exit status 1");
  });

  test('but a warning is shown, and the build comes out', () => {
    const early = TIKV_GROUP.replace('cluster:\n    name: basic', 'clusterName: basic');
    const sandbox = new Sandbox({ ...EXPANDED, 'resources.yaml': stream(CLUSTER, early) });
    const { status, stdout, stderr } = build(sandbox, kustomize);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^[^\n]*warning: TiKVGroup db\/hot: `spec.clusterName`[^\n]*\n$/);
    find(readYaml(stdout), 'StatefulSet db/hot-tikv');
  });

  test('and with `strict: true` a warning is enough', () => {
    const early = TIKV_GROUP.replace('cluster:\n    name: basic', 'clusterName: basic');
    const sandbox = new Sandbox({
      ...EXPANDED,
      'resources.yaml': stream(CLUSTER, early),
      'expand.yaml': transformer('spec:\n  strict: true\n'),
    });
    expect(build(sandbox, kustomize)).toMatchObject({ status: 1, stdout: '' });
  });
});

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function documentsOf(text: string): string[] {
  return text.split(/^---\n/m);
}
