import { CLUSTER, cluster, configMap, stream, tidbGroup, tikvGroup } from '../basic.ts';
import { BESIDE } from '../every-output.ts';

/** Something of which an input can have any number. */
export interface Dimension {
  readonly name: string;
  /** The size; half of it, twice and four times as much are tried too. */
  readonly size: number;
  /** The name of the command that it is for; without one it is for all. */
  readonly command?: string;
  /** The old side and the new side. */
  texts(size: number): readonly [old: string, now: string];
}

const rows = (size: number, row: (index: number) => string) =>
  Array.from({ length: size }, (_, index) => row(index)).join('');

/** A group of each kind with more in its spec, which differs from one side to the other in what `{}` stands for. */
function inGroups(name: string, size: number, spec: (size: number) => string): Dimension {
  return {
    name,
    size,
    texts: (count) => {
      const now = stream(
        CLUSTER,
        tikvGroup('hot', 'basic', spec(count)),
        tidbGroup('web', 'basic', spec(count)),
      );
      return [now.replaceAll('{}', 'one'), now.replaceAll('{}', 'two')];
    },
  };
}

/** Any text; `{}` in it is where the two sides differ. */
function inAll(name: string, size: number, text: (size: number) => string): Dimension {
  return {
    name,
    size,
    texts: (count) => [text(count).replaceAll('{}', 'one'), text(count).replaceAll('{}', 'two')],
  };
}

const BASE = stream(CLUSTER, tikvGroup('hot', 'basic'), tidbGroup('web', 'basic'));

const many = (size: number, resource: (index: number) => string) =>
  stream(...Array.from({ length: size }, (_, index) => resource(index)));

/** One annotation of a group, which no command reads. */
const valued = (name: string, size: number, value: (size: number) => string) =>
  inGroups(name, size, (count) => `  annotations: {{}: ${JSON.stringify(value(count))}}\n`);

/** In the spec of a TidbCluster, and of its PD. */
const inCluster = (name: string, size: number, spec: (size: number) => string) =>
  inAll(name, size, (count) => stream(`${CLUSTER}${spec(count)}`, tikvGroup('hot', 'basic')));

const safe = (group: string) =>
  group.replace('metadata:\n', 'metadata:\n  annotations: {groups.pingcap.com/rollout: Safe}\n');

/** A name in one of its thousands of mixtures of upper and lower case. */
const inCases = (name: string, index: number) =>
  Array.from(name, (char, at) => ((index >> at) % 2 === 0 ? char : char.toUpperCase())).join('');

const monitor = (clusters: string) =>
  `apiVersion: pingcap.com/v1alpha1\nkind: TidbMonitor\nmetadata: {name: m, namespace: db}\nspec:\n  clusters:\n${clusters}  prometheus: {version: v1}\n  grafana: {version: v1}\n  initializer: {version: v1}\n  reloader: {version: v1}\n`;

const heterogeneous = (name: string, spec: string) =>
  `apiVersion: pingcap.com/v1alpha1\nkind: TidbCluster\nmetadata: {name: ${name}, namespace: db}\nspec:\n  cluster: {name: basic}\n  version: v8.5.7\n  tikv:\n    baseImage: pingcap/tikv\n    replicas: 3\n    requests: {storage: 1Gi}\n${spec}`;

const labeled = (index: number, labels: string) =>
  tikvGroup(`g${index}`, 'basic', `  config: {server: {labels: {${labels}}}}\n`);

const RESOURCES: readonly Dimension[] = [
  inAll('resources of other kinds', 200, (size) =>
    stream(
      BASE,
      many(size, (index) => configMap(`c${index}`, '  key: {}\n')),
    ),
  ),
  inAll('resources of one name', 200, (size) =>
    stream(
      BASE,
      many(size, () => configMap('c')),
    ),
  ),
  inAll('resources of one name in namespaces', 200, (size) =>
    stream(
      BASE,
      many(size, (index) => configMap('c').replace('namespace: db', `namespace: n${index}`)),
    ),
  ),
  inAll('names that differ by case', 200, (size) =>
    stream(
      BASE,
      many(size, (index) => configMap(inCases('configuration', index))),
    ),
  ),
  inAll('names that look numbered', 200, (size) =>
    stream(
      BASE,
      many(size, (index) => configMap(index % 2 === 0 ? 'c' : `c-${index}`)),
    ),
  ),
  inAll('groups', 30, (size) =>
    stream(
      CLUSTER,
      many(size, (index) => tikvGroup(`g${index}`, 'basic', '  labels: {a: {}}\n')),
    ),
  ),
  inAll('TiDBGroups', 30, (size) =>
    stream(
      CLUSTER,
      many(size, (index) => tidbGroup(`g${index}`, 'basic', '  labels: {a: {}}\n')),
    ),
  ),
  inAll('zones of a group', 30, (size) => {
    const zones = `  labels: {a: {}}\n  zones: [${rows(size, (index) => `z${index}, `)}]\n`;
    return stream(
      CLUSTER,
      tikvGroup('hot', 'basic', zones).replace('replicas: 3', `replicas: ${size}`),
      tidbGroup('web', 'basic', zones).replace('replicas: 2', `replicas: ${size}`),
    );
  }),
  inAll('groups of one name', 30, (size) =>
    stream(
      CLUSTER,
      many(size, () => tikvGroup('g', 'basic', '  labels: {a: {}}\n')),
    ),
  ),
  inAll('groups of no cluster', 30, (size) =>
    stream(
      CLUSTER,
      many(size, (index) => tikvGroup(`g${index}`, 'other')),
    ),
  ),
  inAll('namespaces', 30, (size) =>
    stream(
      CLUSTER,
      many(size, (index) =>
        stream(cluster('basic', `n${index}`), tikvGroup('g', 'basic', '  labels: {a: {}}\n', `n${index}`)),
      ),
    ),
  ),
  inAll('clusters', 30, (size) =>
    many(size, (index) =>
      stream(cluster(`c${index}`).replace('UTC', '{}'), tikvGroup(`g${index}`, `c${index}`)),
    ),
  ),
  inAll('clusters of one name', 30, (size) =>
    stream(
      many(size, () => CLUSTER.replace('UTC', '{}')),
      tikvGroup('hot', 'basic'),
    ),
  ),
  inAll('clusters that join another', 30, (size) =>
    stream(
      CLUSTER,
      many(size, (index) => heterogeneous(`h${index}`, '    labels: {a: {}}\n')),
    ),
  ),
  inAll('monitors', 30, (size) =>
    stream(
      BASE,
      many(size, (index) => monitor('  - {name: basic}\n').replace('name: m', `name: m${index}`)),
    ),
  ),
  inAll('clusters of a monitor', 100, (size) =>
    stream(BASE, monitor(rows(size, (index) => `  - {name: c${index}}\n`))),
  ),
  inAll('clusters that an earlier render added to a monitor', 100, (size) =>
    stream(
      BASE,
      monitor(rows(size, (index) => `  - {name: c${index}}\n`)).replace(
        'namespace: db',
        `namespace: db, annotations: {groups.pingcap.com/clusters: "${rows(size, (index) => `d${index},`)}"}`,
      ),
    ),
  ),
  inAll('groups that a strict PD takes', 12, (size) =>
    stream(
      CLUSTER.replace(
        'config: ""',
        'config: {replication: {strictly-match-label: true, location-labels: [zone]}}',
      ),
      tikvGroup(
        'hot',
        'basic',
        `  env:\n  - {name: STORE_LABELS, value: "${rows(200 * size, () => 'zone=a,')}"}\n`,
      ),
      many(size, (index) => labeled(index, 'zone: a')),
    ),
  ),
  inAll('keys of a ConfigMap that pods read', 60, (size) =>
    stream(
      CLUSTER,
      tikvGroup(
        'hot',
        'basic',
        `  env:\n${rows(size, (index) => `  - {name: E${index}, valueFrom: {configMapKeyRef: {name: c, key: k${index}}}}\n`)}`,
      ),
      configMap(
        'c',
        rows(size, (index) => `  k${index}: {}\n`),
      ),
    ),
  ),
  inAll('autoscalers', 100, (size) =>
    stream(
      BASE,
      many(
        size,
        (index) =>
          `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h${index}, namespace: db}\nspec: {scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: s${index}}}\n`,
      ),
    ),
  ),
  inAll('autoscalers of StatefulSets that nothing makes', 100, (size) =>
    stream(
      BASE,
      many(
        size,
        (index) =>
          `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h${index}, namespace: db}\nspec: {scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: s${index}-tidb}}\n`,
      ),
    ),
  ),
  inAll('groups that are rendered Safe', 30, (size) =>
    stream(
      CLUSTER,
      many(size, (index) => safe(tikvGroup(`g${index}`, 'basic', '  labels: {a: {}}\n'))),
    ),
  ),
  inAll('clusters of groups that are rendered Safe', 30, (size) =>
    many(size, (index) =>
      stream(cluster(`c${index}`).replace('UTC', '{}'), safe(tikvGroup(`g${index}`, `c${index}`))),
    ),
  ),
  inAll('budgets', 100, (size) =>
    stream(
      CLUSTER,
      safe(tikvGroup('hot', 'basic', '  labels: {a: {}}\n')),
      many(
        size,
        (index) =>
          `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: b${index}, namespace: db}\nspec: {maxUnavailable: 1, selector: {matchLabels: {app: s${index}}}}\n`,
      ),
    ),
  ),
  inAll('function configs', 100, (size) =>
    stream(
      BASE,
      many(
        size,
        (index) =>
          `apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: e${index}}\n`,
      ),
    ),
  ),
  inAll(
    'items of a list in braces',
    100,
    (size) =>
      `{apiVersion: v1, kind: List, items: [${rows(size, (index) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: c${index}}, data: {a: {}}},`)}]}\n---\n${BASE}`,
  ),
  {
    name: 'rendered groups',
    size: 20,
    texts: (size) => {
      const sets = (value: string) => many(size, (index) => renderedSet(`g${index}`, value));
      return [stream(CLUSTER, sets('one')), stream(CLUSTER, sets('two'))];
    },
  },
  {
    name: 'rendered groups that go',
    size: 20,
    texts: (size) => [
      stream(
        CLUSTER,
        many(size, (index) => renderedSet(`g${index}`, 'one')),
      ),
      CLUSTER,
    ],
  },
  {
    name: 'groups that go',
    size: 20,
    texts: (size) => [
      stream(
        CLUSTER,
        many(size, (index) => tikvGroup(`g${index}`, 'basic')),
      ),
      CLUSTER,
    ],
  },
];

const renderedSet = (name: string, value: string) =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: ${name}-tikv\n  namespace: db\n  annotations: {groups.pingcap.com/generated-by: TiKVGroup/${name}}\n  labels: {app.kubernetes.io/instance: ${name}, app.kubernetes.io/component: tikv}\nspec:\n  replicas: 3\n  template:\n    spec:\n      containers:\n      - {name: tikv, image: 'pingcap/tikv:v8.5.7', env: [{name: A, value: ${value}}]}\n`;

const FIELDS: readonly Dimension[] = [
  inGroups(
    'environment variables',
    200,
    (size) => `  env:\n${rows(size, (index) => `  - {name: E${index}, value: {}}\n`)}`,
  ),
  inGroups(
    'environment variables of one name',
    200,
    (size) => `  env:\n${rows(size, () => '  - {name: E, value: {}}\n')}`,
  ),
  inGroups(
    'sources of environment variables',
    100,
    (size) => `  envFrom:\n${rows(size, (index) => `  - {configMapRef: {name: {}-${index}}}\n`)}`,
  ),
  inGroups('annotations', 200, (size) => `  annotations:\n${rows(size, (index) => `    a${index}: {}\n`)}`),
  inGroups('labels', 200, (size) => `  labels:\n${rows(size, (index) => `    a${index}: {}\n`)}`),
  inGroups('node labels', 200, (size) => `  nodeSelector:\n${rows(size, (index) => `    a${index}: {}\n`)}`),
  inGroups(
    'tolerations',
    100,
    (size) => `  tolerations:\n${rows(size, (index) => `  - {key: k${index}, value: {}}\n`)}`,
  ),
  inGroups(
    'spread constraints',
    100,
    (size) => `  topologySpreadConstraints:\n${rows(size, (index) => `  - {topologyKey: {}-${index}}\n`)}`,
  ),
  inGroups(
    'zones of an affinity',
    200,
    (size) =>
      `  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [${rows(size, (index) => `{}-${index},`)}]}]}]}}}\n`,
  ),
  inGroups(
    'label keys of an affinity',
    100,
    (size) =>
      `  affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, matchLabelKeys: [${rows(size, (index) => `a${index},`)}], mismatchLabelKeys: [${rows(size, (index) => `b${index},`)}], labelSelector: {matchLabels: {${rows(size, (index) => `c${index}: {},`)}}}}]}}\n`,
  ),
  inGroups(
    'volumes of storage',
    60,
    (size) =>
      `  storageVolumes:\n${rows(size, (index) => `  - {name: v${index}, storageSize: 1Gi, mountPath: /{}/${index}}\n`)}`,
  ),
  inGroups(
    'further volumes',
    60,
    (size) =>
      `  additionalVolumes:\n${rows(size, (index) => `  - {name: v${index}, emptyDir: {sizeLimit: 1Gi}}\n`)}  additionalVolumeMounts:\n${rows(size, (index) => `  - {name: v${index}, mountPath: /{}/${index}}\n`)}`,
  ),
  inGroups(
    'further containers',
    60,
    (size) =>
      `  additionalContainers:\n${rows(size, (index) => `  - {name: c${index}, image: 'a/{}:1', ports: [{containerPort: ${1000 + index}}]}\n`)}`,
  ),
  inGroups(
    'containers that come first',
    60,
    (size) => `  initContainers:\n${rows(size, (index) => `  - {name: c${index}, image: 'a/{}:1'}\n`)}`,
  ),
  inGroups(
    'host names',
    100,
    (size) => `  hostAliases:\n${rows(size, (index) => `  - {ip: 10.0.0.1, hostnames: [{}-${index}]}\n`)}`,
  ),
  inGroups(
    'secrets for images',
    100,
    (size) => `  imagePullSecrets:\n${rows(size, (index) => `  - {name: {}-${index}}\n`)}`,
  ),
  inGroups(
    'plugins and arguments',
    100,
    (size) =>
      `  plugins: [${rows(size, (index) => `{}${index},`)}]\n  arguments: [${rows(size, (index) => `--{}${index},`)}]\n`,
  ),
  inGroups('unknown fields', 100, (size) => rows(size, (index) => `  unknown${index}: {}\n`)),
  inGroups(
    'unknown fields below',
    100,
    (size) => `  env:\n${rows(size, (index) => `  - {name: E${index}, valu: {}}\n`)}`,
  ),
  inGroups(
    'fields of another type',
    100,
    (size) => `  env:\n${rows(size, (index) => `  - {name: E${index}, value: [{}]}\n`)}`,
  ),
  inGroups(
    'keys written twice',
    100,
    (size) => `  labels:\n${rows(size, (index) => `    a${index}: {}\n    a${index}: b\n`)}`,
  ),
  inGroups('one key written often', 600, (size) => `  labels:\n${rows(size, () => '    a: {}\n')}`),
  inGroups('pods that are left out', 100, (size) =>
    `  replicas: 3\n  labels: {a: {}}\n${''}`.concat(
      `  annotations: {tikv.tidb.pingcap.com/delete-slots: "[${rows(size, (index) => `${index},`)}9]"}\n`,
    ),
  ),
  inCluster(
    'labels of places',
    100,
    (size) => `  tidb: {replicas: 1}\n  labels:\n${rows(size, (index) => `    a${index}: {}\n`)}`,
  ),
  inCluster(
    'tolerations of a cluster',
    100,
    (size) => `  tolerations:\n${rows(size, (index) => `  - {key: k${index}, value: {}}\n`)}`,
  ),
  inCluster(
    'annotations of a cluster',
    100,
    (size) => `  annotations:\n${rows(size, (index) => `    a${index}: {}\n`)}`,
  ),
  inCluster(
    'claims of a component',
    100,
    (size) =>
      `  ticdc: {replicas: 1, config: {a: {}}}\n  tiflash: {replicas: 1, storageClaims: [${rows(size, () => '{resources: {requests: {storage: 1Gi}}},')}]}\n`,
  ),
  inAll('services of a component', 50, (size) =>
    stream(
      BASE,
      many(
        size,
        (index) =>
          `apiVersion: v1\nkind: Service\nmetadata: {name: s${index}, namespace: db, annotations: {groups.pingcap.com/generated-by: TiDBGroup/web}}\nspec: {ports: [{port: ${index + 1}}]}\n`,
      ),
    ),
  ),
];

const CONFIGS: readonly Dimension[] = [
  inGroups(
    'config keys as text',
    200,
    (size) => `  config: |\n${rows(size, (index) => `    k${index} = "{}"\n`)}`,
  ),
  inGroups(
    'config keys as a map',
    200,
    (size) => `  config:\n${rows(size, (index) => `    k${index}: {}\n`)}`,
  ),
  inGroups(
    'config tables',
    100,
    (size) => `  config: |\n${rows(size, (index) => `    [t${index}]\n    a = "{}"\n`)}`,
  ),
  inGroups(
    'arrays of tables',
    100,
    (size) => `  config: |\n${rows(size, () => `    [[t]]\n    a = "{}"\n`)}`,
  ),
  inGroups(
    'items of an array',
    200,
    (size) => `  config: |\n    a = [${rows(size, (index) => `"{}${index}",`)}]\n`,
  ),
  inGroups(
    'store labels',
    100,
    (size) => `  config: |\n    [server.labels]\n${rows(size, (index) => `    k${index} = "{}"\n`)}`,
  ),
  inGroups(
    'store labels of the environment',
    100,
    (size) => `  env:\n  - {name: STORE_LABELS, value: "${rows(size, (index) => `k${index}={},`)}"}\n`,
  ),
  inGroups(
    'wrong values in a config',
    60,
    (size) => `  config: |\n${rows(size, (index) => `    k${index} = 2024-01-01 # {}\n`)}`,
  ),
  inGroups(
    'wrong values in a config that is a map',
    250,
    (size) => `  config:\n${rows(size, (index) => `    k${index}: .inf # {}\n`)}`,
  ),
  inGroups(
    'unknown config keys',
    60,
    (size) => `  config:\n    server:\n${rows(size, (index) => `      k${index}: {}\n`)}`,
  ),
  inGroups(
    'dotted keys',
    60,
    (size) => `  config: |\n${rows(size, (index) => `    a.b${index}.c = "{}"\n`)}`,
  ),
];

const TEXTS: readonly Dimension[] = [
  valued('digits', 2000, (size) => `${'1'.repeat(size)}x`),
  valued('digits and colons', 2000, (size) => `${'1:1'.repeat(size)}x`),
  valued('spaces', 2000, (size) => `a${' '.repeat(size)}b`),
  valued('quotes', 2000, (size) => `"'`.repeat(size)),
  valued('backticks and bars', 2000, (size) => '`|'.repeat(size)),
  valued('backslashes', 2000, (size) => '\\'.repeat(size)),
  valued('lines', 500, (size) => 'a \n'.repeat(size)),
  valued('blank lines', 500, (size) => `a${'\n'.repeat(size)}b`),
  valued('characters that nobody sees', 500, (size) => '\u2028\u202e'.repeat(size)),
  valued('words', 500, (size) => 'a '.repeat(size)),
  valued('one word', 2000, (size) => 'a'.repeat(size)),
  valued('signs of links', 1000, (size) => 'www.@#:'.repeat(size)),
  inGroups(
    'slashes',
    2000,
    (size) => `  additionalVolumeMounts:\n  - {name: a, mountPath: "${'/'.repeat(size)}{}"}\n`,
  ),
  inGroups(
    'a long amount',
    500,
    (size) =>
      `  limits: {memory: "${'1'.repeat(size)}"}\n  requests: {cpu: "${'0'.repeat(size)}K", storage: 1Gi}\n`,
  ),
  inGroups('a long image', 3000, (size) => `  image: "${'a:'.repeat(size)}{}"\n`),
  inGroups('a long version', 500, (size) => `  version: "${'1.'.repeat(size)}{}"\n`),
  inGroups('a long key', 500, (size) => `  labels: {"${'a'.repeat(size)}{}": b}\n`),
  inAll('a long name', 500, (size) => stream(CLUSTER, tikvGroup(`${'a-'.repeat(size)}{}`, 'basic'))),
  inAll('a long namespace', 500, (size) =>
    stream(CLUSTER, tikvGroup('hot', 'basic', '', `${'a-'.repeat(size)}{}`)),
  ),
  inGroups('a long line of a config', 500, (size) => `  config: |\n    a = "${'b '.repeat(size)}{}"\n`),
  inGroups('a comment of many lines', 200, (size) => `${rows(size, () => '  # one\n')}  labels: {a: {}}\n`),
  inAll('confirmed dangers', 100, (size) =>
    stream(
      CLUSTER,
      tikvGroup('hot', 'basic', '  labels: {a: {}}\n').replace(
        '  namespace: db',
        `  namespace: db\n  annotations: {groups.pingcap.com/confirm: "${rows(size, (index) => `store-scale-in@${index}, `)}"}`,
      ),
    ),
  ),
];

const STYLES: readonly Dimension[] = [
  inGroups(
    'anchors and aliases',
    250,
    (size) => `  labels: &a {a: {}}\n${rows(size, (index) => `  unknown${index}: *a\n`)}`,
  ),
  inGroups(
    'merges',
    250,
    (size) => `  labels: &a {a: {}}\n${rows(size, (index) => `  unknown${index}: {<<: *a}\n`)}`,
  ),
  inGroups('lines with tabs', 100, (size) => `  labels:\n${rows(size, (index) => `    a${index}:\t{}\n`)}`),
  inGroups(
    'lines in braces',
    100,
    (size) => `  labels: {\n${rows(size, (index) => `    a${index}: {},\n`)}  }\n`,
  ),
  inGroups('lines in quotes', 100, (size) => `  labels: {a: "{}\n${rows(size, () => '    b\n')}  "}\n`),
  inGroups(
    'lines in braces that are not indented',
    100,
    (size) => `  labels: {\n${rows(size, (index) => `a${index}: {}, # b\n`)}}\n`,
  ),
  inGroups(
    'lines in quotes that are not indented',
    100,
    (size) => `  labels: {a: "{}\n${'b\n\n'.repeat(size)}"}\n`,
  ),
  inAll('braces that end where their key begins', 100, (size) =>
    stream(
      BASE.replaceAll('kind: TiKVGroup', 'kind: &a TiKVGroup'),
      many(size, (index) =>
        configMap(`c${index}`, '  key: {}\n').replace('metadata:', 'other: {\n  a: b\n}\nmetadata:'),
      ),
    ),
  ),
  inGroups(
    'problems in one line',
    100,
    (size) => `  env: [${rows(size, (index) => `{name: é${index}, value: 1}, `)}{name: {}, value: a}]\n`,
  ),
  inGroups('folded lines', 100, (size) => `  annotations:\n    a: >-\n${rows(size, () => '      {}\n')}`),
  inAll('documents with nothing in them', 200, (size) =>
    stream(
      BASE,
      rows(size, () => '---\n# {}\n'),
    ),
  ),
  inAll('lines that end as on Windows', 100, (size) =>
    stream(
      BASE,
      tikvGroup('g', 'basic', `  labels:\n${rows(size, (index) => `    a${index}: {}\n`)}`),
    ).replaceAll('\n', '\r\n'),
  ),
  inAll('line breaks that some readers see', 100, (size) =>
    stream(BASE, configMap('c', `  a: |\n${rows(size, () => '    b\u2028    c {}\n')}`)),
  ),
  inAll('line breaks that are refused', 100, (size) =>
    stream(
      BASE,
      configMap(
        'c',
        rows(size, (index) => `  a${index}: b # \u2028 {}\n`),
      ),
    ),
  ),
  inAll('depth', 1200, (size) =>
    stream(BASE, configMap('c', `  a: ${'['.repeat(size)}{}${']'.repeat(size)}\n`)),
  ),
  inGroups(
    'depth of a config',
    1200,
    (size) => `  config: {a: ${'['.repeat(size)}1${']'.repeat(size)}, b: {}}\n`,
  ),
  inGroups('depth of tables', 1200, (size) => `  config: |\n    [a${'.a'.repeat(size)}]\n    b = "{}"\n`),
];

const tls = (text: string) =>
  text.replaceAll('  timezone: UTC\n', '  timezone: UTC\n  tlsCluster: {enabled: true}\n');

/** For one command each: what only that reads, or only that renders. */
const forCommand = (command: string, dimension: Dimension): Dimension => ({ ...dimension, command });

const BESIDE_WORKLOADS: readonly Dimension[] = [
  inAll('groups with certificates', 30, (size) =>
    stream(
      tls(CLUSTER),
      many(size, (index) => tikvGroup(`g${index}`, 'basic')),
    ),
  ),
  inAll('clusters with certificates', 30, (size) =>
    many(size, (index) => stream(tls(cluster(`c${index}`)), tikvGroup(`g${index}`, `c${index}`))),
  ),
  inAll('namespaces with certificates', 30, (size) =>
    stream(
      tls(CLUSTER),
      many(size, (index) =>
        tikvGroup('g', 'basic', '', `n${index}`).replace('name: basic', 'name: basic\n    namespace: db'),
      ),
    ),
  ),
].map((dimension) => forCommand(BESIDE.name, dimension));

const policies = (statements: string) => configMap('policies', `  placement.sql: |\n${statements}`);

const policy = (name: string, constraints: string) =>
  `    CREATE PLACEMENT POLICY ${name} CONSTRAINTS='[${constraints}]';\n`;

const zonesOf = (index: number) => ['a', 'b', 'c'].map((zone) => zone + index).join();

const PLACEMENT: readonly Dimension[] = [
  inAll('policies of as many groups', 50, (size) =>
    stream(
      CLUSTER,
      many(size, (index) => labeled(index, `disk: nvme, group: g${index}`)),
      policies(rows(size, (index) => policy(`p${index}`, `+disk=nvme, +group=g${index}`))),
    ),
  ),
  inAll('zones of groups without a label in common', 50, (size) =>
    stream(
      CLUSTER.replace(/ {2}tikv:[\s\S]*/, ''),
      many(size, (index) => tikvGroup(`g${index}`, 'basic', `  zones: [${zonesOf(index)}]\n`)),
    ),
  ),
  inAll('stores with a label that names no group of them', 100, (size) =>
    stream(
      CLUSTER,
      many(size, (index) => labeled(index, `group: c, disk: d${index}`)),
      labeled(size, 'group: c, $other: a'),
    ),
  ),
  inAll('policies that no store fulfills, beside as many groups', 150, (size) =>
    stream(
      CLUSTER,
      many(size, (index) => labeled(index, `disk: nvme, group: g${index}`)),
      policies(rows(size, (index) => policy(`p${index}`, `+disk=nvme, +group=h${index}`))),
    ),
  ),
  inAll('policies of stores that do not run', 50, (size) =>
    stream(
      CLUSTER.replace(
        'replicas: 3\n    requests:\n      storage: 100Gi',
        'replicas: 1\n    requests:\n      storage: 100Gi',
      ),
      many(size, (index) => labeled(index, `disk: d${index}`).replace('replicas: 3', 'replicas: 0')),
      policies(rows(size, (index) => policy(`p${index}`, `-disk=e${index}`))),
    ),
  ),
  inAll('policies beside stores that keep other data away', 100, (size) =>
    stream(
      CLUSTER,
      many(size, (index) => labeled(index, `$disk: d${index}`)),
      policies(rows(size, (index) => policy(`p${index}`, `-disk=e${index}`).replace("';", "' FOLLOWERS=4;"))),
    ),
  ),
  inAll('kinds of replicas of a policy', 200, (size) =>
    stream(
      CLUSTER,
      many(size, (index) => labeled(index, index % 4 === 0 ? 'disk: nvme' : 'disk: hdd')),
      policies(
        `    CREATE PLACEMENT POLICY p CONSTRAINTS='{${rows(size, (index) => `"+disk=nvme,-rack=r${index}": 1, `)}"+disk=nvme": 1}';\n`,
      ),
    ),
  ),
  inAll('policies that are refused', 100, (size) =>
    stream(BASE, policies(rows(size, (index) => policy(`p${index}`, '+disk=nvme, -disk=nvme')))),
  ),
  inAll('ConfigMaps with policies', 50, (size) =>
    stream(
      BASE,
      many(size, (index) => policies(policy(`p${index}`, '-disk=hdd')).replace('policies', `p${index}`)),
    ),
  ),
  inAll('constraints of a policy', 200, (size) =>
    stream(BASE, policies(policy('p', `${rows(size, (index) => `-disk=d${index}, `)}-zone=a`))),
  ),
  inAll('equal constraints of a policy', 200, (size) =>
    stream(BASE, policies(policy('p', `${rows(size, () => '+disk=nvme, ')}+zone=a`))),
  ),
].map((dimension) => forCommand('sql', dimension));

export const DIMENSIONS: readonly Dimension[] = [
  ...RESOURCES,
  ...FIELDS,
  ...CONFIGS,
  ...TEXTS,
  ...STYLES,
  ...BESIDE_WORKLOADS,
  ...PLACEMENT,
];
