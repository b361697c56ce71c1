import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { GENERATED_BY, type NetworkPolicySpec } from '../../src/api/index.ts';
import { byKind, byName } from '../../src/components/index.ts';
import { NETWORK } from '../../src/components/network.generated.ts';
import { selects } from '../../src/existing/index.ts';
import { networkPolicy } from '../../src/network/index.ts';
import { isMap, type MapValue, mapAt, mapsAt, textAt } from '../../src/yaml/index.ts';
import { cluster, resourceList, tidbGroup, tikvGroup } from '../support/basic.ts';
import { asStored, created } from '../support/kubernetes-judge.ts';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { runs } from '../support/runs.ts';
import { Sandbox } from '../support/sandbox.ts';
import { FACT_TABLES, mergedCase, readFixture, type Table } from '../support/table.ts';
import { KUBERNETES_JUDGE } from '../support/tools.ts';

async function expand(items: readonly string[], spec = '') {
  const config = `functionConfig:\n  apiVersion: groups.pingcap.com/v1alpha1\n  kind: ExpandTidbGroups\n  metadata: {name: c}\n  spec: {${spec}}\n`;
  const { output, messages } = await run(Buffer.from(resourceList(...items) + config));
  const text = [...output].map((piece) => Buffer.from(piece).toString()).join('');
  const list = text === '' ? undefined : readYaml(text)[0];
  const plain = JSON.stringify(list === undefined ? [] : mapsAt(list, 'items'), (_, value) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
  const resources: MapValue[] = JSON.parse(plain);
  return { messages, resources, policies: resources.filter(({ kind }) => kind === 'NetworkPolicy') };
}

const isError = (message: string) => message.startsWith('error');
const codesIn = (messages: readonly string[]) =>
  messages.map((message) => /\[([a-z-]+)\]$/.exec(message)?.[1] ?? message);

/** A pod, or whatever else connects. */
interface Source {
  readonly labels: MapValue;
  readonly namespace: string;
  readonly namespaceLabels?: MapValue;
}

/** Whether a policy lets a source in, by the rules of Kubernetes for ingress; without ranges of addresses. */
function letsIn(
  policy: MapValue,
  { labels, namespace, namespaceLabels = {} }: Source,
  port: number,
): boolean {
  const ofNamespace = { 'kubernetes.io/metadata.name': namespace, ...namespaceLabels };
  return mapsAt(policy, 'spec', 'ingress').some((rule) => {
    const ports = mapsAt(rule, 'ports');
    if (ports.length > 0 && !ports.some((one) => one.port === port)) return false;
    const from = mapsAt(rule, 'from');
    return (
      from.length === 0 ||
      from.some(({ podSelector, namespaceSelector }) => {
        const isThere = isMap(namespaceSelector)
          ? selects(namespaceSelector, ofNamespace)
          : namespace === textAt(policy, 'metadata', 'namespace');
        return isThere && (!isMap(podSelector) || selects(podSelector, labels));
      })
    );
  });
}

const TABLES = FACT_TABLES.filter((table) => table.endsWith('-group'));

/** A group of each kind, in one cluster, each with a policy. */
const ALL = TABLES.map((table) => {
  const { group } = mergedCase(readFixture<Table>(`${table}.yaml`), {
    spec: { networkPolicy: {}, cluster: { name: 'basic', namespace: null } },
  });
  return JSON.stringify({ ...group, metadata: { ...group.metadata, namespace: 'db' } });
});
const BASE = cluster('basic');
const labelsOf = (set: MapValue) => mapAt(set, 'spec', 'template', 'metadata', 'labels');
const STRANGER: Source = { labels: { app: 'shop' }, namespace: 'db' };
const PROMETHEUS: Source = {
  labels: { app: 'prometheus' },
  namespace: 'monitoring',
  namespaceLabels: { a: 'b' },
};

describe('a policy', () => {
  it('is there for each group that asks, and for no other', async () => {
    const { policies, messages } = await expand([BASE, ...ALL, tikvGroup('plain', 'basic')]);
    expect(messages.filter(isError)).toEqual([]);
    expect(policies.map((policy) => textAt(policy, 'metadata', 'annotations', GENERATED_BY)).sort()).toEqual(
      ALL.map((text) => JSON.parse(text))
        .map(({ kind, metadata }) => `${kind}/${metadata.name}`)
        .sort(),
    );
  });

  test.each(['Workloads', 'TidbCluster'])(
    'lets in whom the servers need, and no stranger: %s',
    async (output) => {
      const { policies } = await expand([BASE, ...ALL], `output: ${output}`);
      const { resources } = await expand([BASE, ...ALL]);
      const sets = resources.filter(({ kind }) => kind === 'StatefulSet');
      let talks = 0;
      for (const policy of policies) {
        const { name, ports } = byName[componentOf(policy)];
        const { clientPort } = NETWORK[name] ?? {};
        const own = sets.filter((set) => selects(mapAt(policy, 'spec', 'podSelector'), labelsOf(set)));
        expect(own.map(titleOf)).toEqual([`StatefulSet ${titleOf(policy).replace('NetworkPolicy ', '')}`]);
        for (const set of sets) {
          const from: Source = { labels: labelsOf(set), namespace: 'db' };
          const its = NETWORK[byName[componentOf(set)].name]?.talks ?? [];
          for (const { with: other, port } of its.filter((talk) => talk.with === name)) {
            expect({ other, port, isIn: letsIn(policy, from, ports[port] ?? 0) }).toEqual({
              other,
              port,
              isIn: true,
            });
            talks += 1;
          }
          // Servers of one component know each other, whatever of its ports they use for that.
          for (const port of Object.values(ports)) expect(letsIn(policy, from, port)).toBe(true);
        }
        for (const port of Object.values(ports)) {
          expect({ name, port, isIn: letsIn(policy, STRANGER, port) }).toEqual({
            name,
            port,
            isIn: port === clientPort,
          });
          expect(letsIn(policy, PROMETHEUS, port)).toBe(port === clientPort);
        }
      }
      expect(talks).toBeGreaterThan(7);
    },
  );

  it('lets in TiDB Operator where that runs the servers, from wherever it is', async () => {
    const operator: Source = {
      labels: {
        'app.kubernetes.io/name': 'tidb-operator',
        'app.kubernetes.io/component': 'controller-manager',
      },
      namespace: 'tidb-admin',
    };
    for (const [output, isIn] of [
      ['Workloads', false],
      ['TidbCluster', true],
    ] as const) {
      const { policies } = await expand(
        [BASE, tikvGroup('hot', 'basic', '  networkPolicy: {}\n')],
        `output: ${output}`,
      );
      expect(policies.map((policy) => letsIn(policy, operator, 20_160))).toEqual([isIn]);
    }
  });

  test.each([
    ['TiDBGroup', '{}', { 4000: [true, true], 10080: [false, false] }],
    ['TiDBGroup', '{clients: []}', { 4000: [false, false] }],
    [
      'TiDBGroup',
      '{clients: [{podSelector: {matchLabels: {app: shop}}}]}',
      { 4000: [true, false], 10080: [false, false] },
    ],
    ['TiDBGroup', '{monitoring: [{namespaceSelector: {}}]}', { 4000: [true, true], 10080: [true, true] }],
    ['TiDBGroup', '{monitoring: [{namespaceSelector: {matchLabels: {a: b}}}]}', { 10080: [false, true] }],
    ['TiKVGroup', '{}', { 20160: [false, false], 20180: [false, false] }],
    ['TiKVGroup', '{clients: [{podSelector: {}}]}', { 20160: [true, false], 20180: [false, false] }],
    ['TiKVGroup', '{clients: null, monitoring: []}', { 20160: [false, false], 20180: [false, false] }],
  ])('of a %s with %s lets in whom it names', async (kind, settings, ports) => {
    const make = kind === 'TiDBGroup' ? tidbGroup : tikvGroup;
    const { policies, messages } = await expand([BASE, make('g', 'basic', `  networkPolicy: ${settings}\n`)]);
    expect(messages).toEqual([]);
    const [policy = {}] = policies;
    for (const [port, isIn] of Object.entries(ports)) {
      expect(
        [STRANGER, PROMETHEUS].map((one) => letsIn(policy, one, Number(port))),
        port,
      ).toEqual(isIn);
    }
  });

  it('knows the namespaces of all servers of the cluster', async () => {
    const far = tikvGroup('far', 'basic', '  networkPolicy: {}\n', 'other').replace(
      'name: basic',
      'name: basic\n    namespace: db',
    );
    const { policies } = await expand([BASE, tikvGroup('hot', 'basic', '  networkPolicy: {}\n'), far]);
    const server = (namespace: string): Source => ({
      labels: { 'app.kubernetes.io/managed-by': 'tidb-operator' },
      namespace,
    });
    const seen = policies.map((policy) =>
      ['db', 'other', 'third'].map((one) => letsIn(policy, server(one), 20_160)),
    );
    expect(seen).toEqual([
      [true, true, false],
      [true, true, false],
    ]);
  });

  it('changes with no other group of the namespace', async () => {
    const hot = tikvGroup('hot', 'basic', '  networkPolicy: {}\n');
    const alone = await expand([BASE, hot]);
    const beside = await expand([BASE, hot, tikvGroup('zzz', 'basic'), tidbGroup('web', 'basic')]);
    expect(beside.policies).toEqual(alone.policies);
  });

  it('has the wave and the protection of its servers, and stays in a second render', async () => {
    const { resources, policies } = await expand([BASE, tikvGroup('hot', 'basic', '  networkPolicy: {}\n')]);
    const set = resources.find(({ kind }) => kind === 'StatefulSet');
    const all = Object.entries(mapAt(set, 'metadata', 'annotations'));
    const annotations = Object.fromEntries(all.filter(([key]) => !/depends-on$|\/rollout$/.test(key)));
    expect(policies.map((policy) => mapAt(policy, 'metadata', 'annotations'))).toEqual([annotations]);
    const again = await expand(resources.map((one) => JSON.stringify(one)));
    expect(again.resources).toEqual(resources);
    expect(again.messages).toEqual([]);
  });
});

function componentOf(resource: MapValue): keyof typeof byName {
  const name = textAt(resource, 'metadata', 'name');
  const found = Object.values(byKind).find((one) => name.endsWith(`-${one.name}`));
  if (found === undefined) throw new Error(`no component: ${name}`);
  return found.name;
}

describe('what a user has already', () => {
  it('takes the place of a policy of its name, which a message names with file and line', () => {
    const own =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: hot-tikv\n  namespace: db\nspec: {podSelector: {}}\n';
    const sandbox = new Sandbox({
      'a/base.yaml': BASE,
      'a/hot.yaml': tikvGroup('hot', 'basic', '  networkPolicy: {}\n'),
      'a/own.yaml': own,
    });
    const { status, stdout, stderr } = sandbox.groups(['render', 'a']);
    expect(status).toBe(0);
    expect(stdout.match(/^kind: NetworkPolicy$/gm)).toHaveLength(1);
    expect(stderr).toMatch(
      /^a\/hot\.yaml:12:18: info: .*"hot-tikv" is not rendered, because the NetworkPolicy "hot-tikv" \(a\/own\.yaml:4\)/m,
    );
  });
});

describe('people see it', () => {
  const files = {
    'old/base.yaml': `${BASE}  tlsCluster: {enabled: true}\n`,
    'old/hot.yaml': tikvGroup('hot', 'basic'),
    'new/base.yaml': `${BASE}  tlsCluster: {enabled: true}\n`,
    'new/hot.yaml': tikvGroup('hot', 'basic', '  networkPolicy: {}\n'),
    'new/expand.yaml':
      'apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\nspec: {certificates: {issuer: ca}}\n',
  };
  it('in a diff, as a change in place', () => {
    const sandbox = new Sandbox(files);
    const { stdout } = sandbox.groups(['diff', 'old', 'new']);
    expect(stdout).toMatch(/^ {2}spec\.networkPolicy: unset → \{\} {2}in place$/m);
    expect(stdout).toMatch(/^NetworkPolicy db\/hot-tikv: created$/m);
    expect(stdout).toMatch(/^Certificate db\/basic-pd-cluster-secret: created$/m);
    const { stdout: markdown } = sandbox.groups(['diff', 'new', 'old', '-o', 'markdown']);
    expect(markdown).toContain('- `NetworkPolicy db/hot-tikv`: left in the cluster by Argo CD, Flux, kpt');
  });

  it('in a list, and in a picture', () => {
    const sandbox = new Sandbox(files);
    const { stdout: table } = sandbox.groups(['list', 'new']);
    expect(table).toContain('Certificates are rendered for the base, TiKVGroup hot.');
    expect(table).toContain('NetworkPolicies say who may reach TiKVGroup hot.');
    const { stdout: json } = sandbox.groups(['list', '-o', 'json', 'new']);
    const servers = JSON.parse(json).clusters[0].servers.map((one: object) => [
      'certificates' in one && one.certificates,
      'networkPolicy' in one && one.networkPolicy,
    ]);
    expect(servers).toEqual([
      [['basic-pd-cluster-secret'], false],
      [['basic-tikv-cluster-secret'], false],
      [['hot-tikv-cluster-secret'], 'hot-tikv'],
    ]);
    const { stdout: graph } = sandbox.groups(['graph', 'new']);
    expect(graph).toContain('certificate: hot-tikv-cluster-secret<br/>NetworkPolicy: hot-tikv');
    const { stdout: plain } = sandbox.groups(['list', 'old']);
    expect(plain).not.toMatch(/Certificates|NetworkPolicies/);
  });
});

describe('where no policy holds, or a selector finds nobody', () => {
  const hot = (spec: string) => tikvGroup('hot', 'basic', `  networkPolicy: {}\n${spec}`);
  test.each([
    ['on the network of nodes', [BASE, hot('  hostNetwork: true\n')], ['no-effect']],
    ['as the cluster says', [`${BASE}  hostNetwork: true\n`, hot('')], ['no-effect']],
    [
      'but not the group',
      [`${BASE}  hostNetwork: true\n`, hot('  hostNetwork: false\n')],
      ['network-policy-peer'],
    ],
    [
      'beside such a group',
      [BASE, hot(''), tikvGroup('far', 'basic', '  hostNetwork: true\n')],
      ['network-policy-peer'],
    ],
    [
      'over several Kubernetes',
      [`${BASE}  acrossK8s: true\n  clusterDomain: a.b\n`, hot('')],
      ['network-policy-peer'],
    ],
  ])('%s, a warning says so', async (_, items, codes) => {
    const { messages } = await expand(items);
    expect(codesIn(messages.filter((message) => message.startsWith('warning')))).toEqual(codes);
  });
});

const LABEL = fc.constantFrom('app', 'a.b/c', 'tier', '-bad');
const TEXT = fc.constantFrom('x', 'y', '', 'no blank');
const selector = fc.record(
  {
    matchLabels: fc.dictionary(LABEL, TEXT, { maxKeys: 2 }),
    matchExpressions: fc.array(
      fc.record(
        {
          key: LABEL,
          operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Has'),
          values: fc.array(TEXT, { maxLength: 2 }),
        },
        { requiredKeys: ['key', 'operator'] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);
const CIDR = fc.constantFrom(
  ...[
    '10.0.0.0/8',
    '10.1.0.0/16',
    '10.1.2.0/24',
    '11.0.0.0/16',
    '0.0.0.0/0',
    '10.0.0.1/33',
    '10.0.0.0',
    '10.1.2.3/16',
  ],
  ...[
    'fd00::/8',
    'fd00:1::/32',
    'fe80::/10',
    '::/0',
    '::ffff:10.1.0.0/112',
    '::1/128',
    'fd00::/129',
    'fd00::1/8',
    '::1.2.3.4/128',
  ],
);
const peer = fc.record(
  {
    ipBlock: fc.record({ cidr: CIDR, except: fc.array(CIDR, { maxLength: 2 }) }, { requiredKeys: ['cidr'] }),
    namespaceSelector: selector,
    podSelector: selector,
  },
  { requiredKeys: [] },
);
/** Most of the time one of them, as people write it. */
const PEERS = fc.oneof(
  { weight: 1, arbitrary: peer },
  { weight: 2, arbitrary: fc.record({ podSelector: selector }) },
  {
    weight: 3,
    arbitrary: fc.record({ ipBlock: fc.record({ cidr: CIDR, except: fc.array(CIDR, { maxLength: 1 }) }) }),
  },
);

const POLICED = {
  name: 'g-tidb',
  namespace: 'db',
  selector: { matchLabels: { a: 'b' } },
  ports: { all: [4000], users: [4000], metrics: [10_080], isPublic: true },
  others: [],
  isOperated: false,
};

describe.skipIf(KUBERNETES_JUDGE.path === undefined)('Kubernetes', () => {
  it('takes every policy, and adds nothing to it', async () => {
    const settings =
      '{clients: [{podSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}], monitoring: [{namespaceSelector: {}}]}';
    for (const output of ['Workloads', 'TidbCluster']) {
      const { policies } = await expand(
        [BASE, ...ALL, tidbGroup('more', 'basic', `  networkPolicy: ${settings}\n`)],
        `output: ${output}`,
      );
      expect(policies).toHaveLength(ALL.length + 1);
      expect(created(policies).map(({ refused }) => refused)).toEqual(policies.map(() => undefined));
      for (const { refused, added, changed, dropped } of asStored(policies)) {
        expect([refused, added, changed, dropped]).toEqual([undefined, [], [], []]);
      }
    }
  });

  it('takes the peers that we take, and no other', async () => {
    const peers = fc.sample(PEERS, { numRuns: runs(1600), seed: 11 });
    const settings = peers.map((one): NetworkPolicySpec => ({ clients: [JSON.parse(JSON.stringify(one))] }));
    const theirs = created(settings.map((one) => networkPolicy(POLICED, one)));
    let refused = 0;
    for (const [index, one] of settings.entries()) {
      const group = tidbGroup('g', 'basic', `  networkPolicy: ${JSON.stringify(one)}\n`);
      const { messages } = await expand([BASE, group]);
      const isRefused = messages.some(isError);
      expect({ one, isRefused, messages }).toMatchObject({
        one,
        isRefused: theirs[index]?.refused !== undefined,
      });
      refused += isRefused ? 1 : 0;
    }
    expect(refused).toBeGreaterThan(settings.length / 10);
    expect(refused).toBeLessThan((settings.length * 9) / 10);
  });
});
