import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMap, type MapValue } from '../../src/yaml/index.ts';
import { created } from '../support/kubernetes-judge.ts';
import { refusedByOlder } from '../support/older-kubernetes.ts';
import { at, titleOf } from '../support/read-yaml.ts';
import { runs } from '../support/runs.ts';
import { describeWith, KUBERNETES_JUDGE, OLDER_KUBERNETES } from '../support/tools.ts';
import { ALONE, byTitle, expanded, ownedBy } from '../support/zoned.ts';

const ZONE = 'topology.kubernetes.io/zone';

/** What a group of a kind needs, and where its config has the labels of its servers. */
const KINDS: readonly { kind: string; component: string; spec: MapValue; labels: readonly string[] }[] = [
  {
    kind: 'TiKVGroup',
    component: 'tikv',
    spec: { requests: { storage: '1Gi' } },
    labels: ['config', 'server', 'labels'],
  },
  { kind: 'TiDBGroup', component: 'tidb', spec: { service: {} }, labels: ['config', 'labels'] },
  {
    kind: 'TiFlashGroup',
    component: 'tiflash',
    spec: { storageClaims: [{ resources: { requests: { storage: '1Gi' } } }] },
    labels: ['config', 'proxy', 'server', 'labels'],
  },
  { kind: 'TiProxyGroup', component: 'tiproxy', spec: { version: 'v1.3.0' }, labels: ['config', 'labels'] },
];

interface ZoneCase {
  readonly name: string;
  readonly value: string;
  readonly replicas: number;
  /** How it is written. */
  readonly written: MapValue | string;
}

const SHARE = 2;

const zone = fc
  .record({
    name: fc.stringMatching(/^[a-z][a-z0-9]{0,3}$/),
    value: fc.option(fc.stringMatching(/^eu-[a-z0-9]{1,4}$/), { nil: undefined }),
    replicas: fc.option(fc.nat(3), { nil: undefined }),
  })
  .map(({ name, value, replicas }): ZoneCase => {
    const isPlain = value === undefined && replicas === undefined;
    const map = { name, ...(value && { value }), ...(replicas !== undefined && { replicas }) };
    return { name, value: value ?? name, replicas: replicas ?? SHARE, written: isPlain ? name : map };
  });

const zones = fc
  .uniqueArray(zone, { selector: ({ name }) => name, minLength: 1, maxLength: 4 })
  .filter((all) => new Set(all.map(({ value }) => value)).size === all.length);

const affinity = fc.constantFrom<MapValue | undefined>(
  undefined,
  {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'Exists' }] }],
      },
    },
  },
  {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }],
    },
  },
);

const groupCase = fc.record({
  of: fc.constantFrom(...KINDS),
  zones,
  affinity,
  isText: fc.boolean(),
  isNamed: fc.boolean(),
  isExclusive: fc.boolean(),
  labels: fc.constantFrom<MapValue | undefined>(undefined, { team: 'x' }),
});

type GroupCase = typeof groupCase extends fc.Arbitrary<infer T> ? T : never;

/** A config with another key beside the labels, as a map or as text. */
function configOf({ of, isText }: GroupCase, labels?: MapValue): MapValue {
  const base: MapValue = { log: { level: 'warn' } };
  const inner = of.kind === 'TiFlashGroup' ? ['config', 'proxy'] : ['config'];
  const path = of.labels.slice(inner.length);
  const map = labels === undefined ? base : { ...base, ...nested(path, labels) };
  const text =
    labels === undefined
      ? '[log]\nlevel = "warn"\n'
      : `[log]\nlevel = "warn"\n[${path.join('.')}]\n${Object.entries(labels)
          .map(([key, value]) => `"${key}" = "${value}"\n`)
          .join('')}`;
  return nested(inner, isText ? text : map);
}

function nested(path: readonly string[], value: MapValue | string): MapValue {
  const [key = '', ...rest] = path;
  return { [key]: rest.length === 0 ? value : nested(rest, value) };
}

function groupNamed(name: string, { of, labels, ...one }: GroupCase, spec: MapValue): MapValue {
  return {
    apiVersion: 'pingcap.com/v1alpha1',
    kind: of.kind,
    metadata: { name, namespace: 'db' },
    spec: {
      cluster: { name: 'basic' },
      ...of.spec,
      ...(one.affinity && { affinity: one.affinity }),
      ...(labels && { labels }),
      ...spec,
    },
  };
}

function zoned(one: GroupCase, list = one.zones): MapValue {
  const isStore = one.of.kind === 'TiKVGroup';
  return groupNamed('hot', one, {
    ...configOf(one),
    replicas: list.reduce((sum, { replicas }) => sum + replicas, 0),
    zones: list.map(({ written }) => written),
    ...(isStore && { groupLabel: one.isNamed, exclusive: one.isExclusive }),
  });
}

/** What somebody would write who had no zones: a group for each. */
function byHand(one: GroupCase): MapValue[] {
  const isStore = one.of.kind === 'TiKVGroup';
  return one.zones.map(({ name, value, replicas }) => {
    const own = { key: ZONE, operator: 'In', values: [value] };
    const required = at(one.affinity, 'nodeAffinity') ? [{ key: 'disk', operator: 'Exists' }, own] : [own];
    const labels = {
      ...(isStore && one.isNamed && { group: 'hot' }),
      ...(isStore && one.isExclusive && { $group: 'hot' }),
      zone: value,
    };
    return groupNamed(`hot-${name}`, one, {
      ...configOf(one, labels),
      replicas,
      affinity: {
        ...one.affinity,
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: required }],
          },
        },
      },
      labels: { ...one.labels, 'groups.pingcap.com/group': 'hot' },
      ...(one.of.kind === 'TiDBGroup' && { service: { type: 'ClusterIP' } }),
    });
  });
}

const CASES = fc.sample(groupCase, runs(160));
/** What else is rendered beside the workloads of a group: budgets, drain Jobs, waves. */
const SETTINGS = [
  ALONE,
  '',
  'syncWaves: false, rollout: Safe',
  'rollout: Safe, drain: {enabled: true, engine: ArgoCD}',
];
const isError = (message: string) => message.startsWith('error');
const marksOf = ({ of, zones: all }: GroupCase) => all.map(({ name }) => `${of.kind}/hot-${name}`);

describe('a group with zones', () => {
  test('is what a group for each zone is that somebody wrote by hand', async () => {
    for (const [index, one] of CASES.entries()) {
      const settings = SETTINGS[index % SETTINGS.length];
      const { made, messages } = await expanded([zoned(one)], settings);
      expect(messages.filter(isError)).toEqual([]);
      const hand = await expanded(byHand(one), settings);
      expect(hand.messages.filter(isError)).toEqual([]);
      const own = byTitle(made);
      if (one.of.kind === 'TiDBGroup') own.delete('Service db/hot-tidb');
      expect(own).toEqual(byTitle(hand.made));
      expect([...own.keys()].sort()).toEqual([...byTitle(hand.made).keys()].sort());
    }
  });

  test('is left as it is by a second run over its own output', async () => {
    for (const one of CASES.slice(0, 8)) {
      const first = await expanded([zoned(one)]);
      const again = await expanded([zoned(one), ...first.made]);
      expect(again.messages).toEqual(first.messages);
      expect(byTitle(again.made)).toEqual(byTitle(first.made));
    }
  });

  test('has zones in no order', async () => {
    for (const one of CASES) {
      const forth = await expanded([zoned(one)], '');
      const back = await expanded([zoned(one, one.zones.toReversed())], '');
      expect(back.made).toEqual(forth.made);
    }
  });

  test('can have one more, which changes no byte of the others', async () => {
    for (const one of CASES.filter(({ zones: all }) => all.length > 1)) {
      const fewer = { ...one, zones: one.zones.slice(1) };
      const before = ownedBy((await expanded([zoned(fewer)])).made, marksOf(fewer));
      const after = ownedBy((await expanded([zoned(one)])).made, marksOf(fewer));
      const isOfAll = (resource: MapValue) => titleOf(resource) === 'Service db/hot-tidb';
      expect(byTitle(after.filter((resource) => !isOfAll(resource)))).toEqual(
        byTitle(before.filter((resource) => !isOfAll(resource))),
      );
    }
  });

  test('is divided alike for TiDB Operator', async () => {
    for (const one of CASES) {
      const { made, messages } = await expanded([zoned(one)], ALONE_OPERATED);
      expect(messages.filter(isError)).toEqual([]);
      const hand = await expanded(byHand(one), ALONE_OPERATED);
      const own = byTitle(made);
      if (one.of.kind === 'TiDBGroup') own.delete('Service db/hot-tidb');
      expect(own).toEqual(byTitle(hand.made));
    }
  });
});

const ALONE_OPERATED = 'output: TidbCluster, syncWaves: false, dependsOn: false';

describeWith([KUBERNETES_JUDGE, OLDER_KUBERNETES], 'what Kubernetes says of groups with zones', () => {
  test('it takes all that is rendered, and stores how the Service over all zones is distributed', async () => {
    const all = [];
    for (const one of CASES.slice(0, 24)) all.push(...(await expanded([zoned(one)])).made);
    const taken = created(all);
    expect(taken.flatMap(({ refused = [] }) => refused)).toEqual([]);
    expect(refusedByOlder(all).flat()).toEqual([]);
    const over = all.flatMap((resource, index) =>
      titleOf(resource) === 'Service db/hot-tidb' ? [taken[index]?.stored] : [],
    );
    expect(over.length).toBeGreaterThan(2);
    for (const service of over) expect(at(service, 'spec', 'trafficDistribution')).toBe('PreferClose');
  });

  test.each(['PreferSameZone', 'PreferSameNode'])(
    'it takes %s from 1.34 on, as a warning says',
    async (value) => {
      const group = sql({ trafficDistribution: value });
      const { made, messages } = await expanded([group]);
      expect(messages.filter((message) => message.includes('[kubernetes-version]'))).toEqual([
        expect.stringContaining('needs Kubernetes 1.34'),
      ]);
      const over = made.filter((resource) => titleOf(resource) === 'Service db/sql-tidb');
      expect(created(over).map(({ refused }) => refused)).toEqual([undefined]);
      expect(refusedByOlder(over).flat()).toEqual([expect.stringContaining('trafficDistribution')]);
    },
  );
});

function sql(spec: MapValue): MapValue {
  return {
    apiVersion: 'pingcap.com/v1alpha1',
    kind: 'TiDBGroup',
    metadata: { name: 'sql', namespace: 'db' },
    spec: { cluster: { name: 'basic' }, replicas: 4, service: {}, zones: ['a', 'b'], ...spec },
  };
}

describe('stores with a label that names their group', () => {
  const stores = (spec: MapValue): MapValue => ({
    apiVersion: 'pingcap.com/v1alpha1',
    kind: 'TiKVGroup',
    metadata: { name: 'hot', namespace: 'db' },
    spec: { cluster: { name: 'basic' }, replicas: 3, requests: { storage: '1Gi' }, ...spec },
  });
  const labeled = (labels: MapValue, more: MapValue = {}) =>
    stores({ config: { ...more, server: { labels } } });

  test.each<[name: string, spec: MapValue, byHandToo: MapValue]>([
    ['none where nobody asks', { exclusive: false, groupLabel: false, zones: [] }, stores({})],
    ['one by its name', { groupLabel: true }, labeled({ group: 'hot' })],
    ['one that keeps other data away', { exclusive: true }, labeled({ $group: 'hot' })],
    ['both', { exclusive: true, groupLabel: true }, labeled({ group: 'hot', $group: 'hot' })],
    [
      'one beside those of a config that is text',
      { groupLabel: true, config: '[server.labels]\ndisk = "nvme"\n' },
      labeled({ disk: 'nvme', group: 'hot' }),
    ],
    [
      'one in a config whose labels are of a dotted key',
      { groupLabel: true, config: 'log.level = "warn"\nserver.labels.disk = "nvme"\n' },
      labeled({ disk: 'nvme', group: 'hot' }, { log: { level: 'warn' } }),
    ],
  ])('have %s, as if somebody had written it', async (_, spec, byHandToo) => {
    const { made, messages } = await expanded([stores(spec)]);
    expect(messages.filter(isError)).toEqual([]);
    expect(byTitle(made)).toEqual(byTitle((await expanded([byHandToo])).made));
  });
});

/** The pods that a Service selects, by the labels of the templates that they are made of. */
function selectedBy(service: MapValue | undefined, made: readonly MapValue[]): string[] {
  const selector = Object.entries((at(service, 'spec', 'selector') as MapValue | undefined) ?? {});
  return made
    .filter(({ kind }) => kind === 'StatefulSet')
    .filter((set) =>
      selector.every(([key, value]) => at(set, 'spec', 'template', 'metadata', 'labels', key) === value),
    )
    .map(titleOf)
    .sort();
}

describe('Services of a group with zones', () => {
  const service = {
    type: 'LoadBalancer',
    mysqlNodePort: 30400,
    annotations: { lb: 'x' },
    loadBalancerSourceRanges: ['10.0.0.0/8'],
    externalTrafficPolicy: 'Local',
    additionalPorts: [{ name: 'more', port: 5000, nodePort: 30500 }],
  };
  const sets = ['StatefulSet db/sql-a-tidb', 'StatefulSet db/sql-b-tidb'];

  test('are one over all, as it is written, and one of each zone inside the cluster', async () => {
    const { made, messages } = await expanded([sql({ service })]);
    expect(messages.filter(isError)).toEqual([]);
    const find = (name: string) => made.find((one) => titleOf(one) === `Service db/${name}`);
    expect(selectedBy(find('sql-tidb'), made)).toEqual(sets);
    expect(selectedBy(find('sql-a-tidb'), made)).toEqual(sets.slice(0, 1));
    expect(find('sql-tidb')).toMatchObject({
      metadata: { annotations: { lb: 'x' } },
      spec: {
        type: 'LoadBalancer',
        trafficDistribution: 'PreferClose',
        externalTrafficPolicy: 'Local',
        loadBalancerSourceRanges: ['10.0.0.0/8'],
      },
    });
    const ofZone = JSON.stringify(find('sql-a-tidb'));
    expect(ofZone).toContain('"type":"ClusterIP"');
    expect(ofZone).toContain('"name":"more"');
    for (const word of ['nodePort', 'loadBalancer', 'externalTrafficPolicy', '"lb"', 'trafficDistribution'])
      expect(ofZone).not.toContain(word);
  });

  test('keep the address of a group that had no zones, where a zone keeps its name', async () => {
    for (const output of ['Workloads', 'TidbCluster']) {
      const zones = [{ name: 'a', keepsName: true }, 'b'];
      const { made, messages } = await expanded([sql({ service, zones })], `output: ${output}`);
      expect(messages.filter(isError)).toEqual([]);
      const find = (name: string) => made.find((one) => titleOf(one) === `Service db/${name}`);
      expect(at(find('sql-tidb'), 'spec', 'selector', 'groups.pingcap.com/group')).toBe('sql');
      expect(at(find('sql-a-tidb'), 'spec', 'selector', 'app.kubernetes.io/instance')).toBe('sql');
      const runners = made.filter(({ kind }) => kind === 'StatefulSet' || kind === 'TidbCluster');
      expect(runners.map(({ metadata }) => isMap(metadata) && metadata.name)).toEqual(
        output === 'Workloads' ? ['sql-tidb', 'sql-b-tidb'] : ['sql', 'sql-b'],
      );
      if (output === 'TidbCluster') expect(at(runners[0], 'spec', 'tidb', 'service')).toBeUndefined();
      else expect(strip(find('sql-a-tidb'), 'sql-a')).toEqual(strip(find('sql-b-tidb'), 'sql-b'));
    }
  });

  test('are named in the certificates of the servers that they lead to', async () => {
    const zones = [{ name: 'a', keepsName: true }, 'b'];
    const { made } = await expanded(
      [sql({ zones, tlsClient: { enabled: true } })],
      'certificates: {issuer: ca}',
    );
    const names = made
      .filter(({ kind }) => kind === 'Certificate')
      .map((one) =>
        (at(one, 'spec', 'dnsNames') as string[]).filter((name) => !/\.|-peer$/.test(name)).sort(),
      );
    expect(names).toEqual([
      ['sql-a-tidb', 'sql-tidb'],
      ['sql-b-tidb', 'sql-tidb'],
    ]);
  });

  test('lead to servers that an autoscaler of each zone counts, with its share of the range', async () => {
    const autoscale = { min: 2, max: 8, cpu: 70 };
    const { made, messages } = await expanded([sql({ autoscale, requests: { cpu: 1 } })]);
    expect(messages.filter(isError)).toEqual([]);
    const scalers = made.filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
    expect(
      scalers.map((one) => [
        titleOf(one),
        at(one, 'spec', 'minReplicas'),
        at(one, 'spec', 'maxReplicas'),
        at(one, 'spec', 'scaleTargetRef', 'name'),
      ]),
    ).toEqual([
      ['HorizontalPodAutoscaler db/sql-a-tidb', 1, 4, 'sql-a-tidb'],
      ['HorizontalPodAutoscaler db/sql-b-tidb', 1, 4, 'sql-b-tidb'],
    ]);
  });

  test('are headless where that is written', async () => {
    const { made } = await expanded([sql({ service: { clusterIP: 'None' } })]);
    const services = made.filter((one) => /^Service db\/sql(-a)?-tidb$/.test(titleOf(one)));
    expect(
      services.map((one) => [at(one, 'spec', 'clusterIP'), at(one, 'spec', 'trafficDistribution')]),
    ).toEqual([
      ['None', undefined],
      ['None', undefined],
    ]);
  });
});

/** A Service of a zone without its names. */
function strip(service: MapValue | undefined, name: string): string {
  return JSON.stringify(service)
    .replaceAll(`"${name}"`, '""')
    .replaceAll('"sql"', '""')
    .replaceAll(name, '')
    .replaceAll('TiDBGroup/sql"', 'TiDBGroup/"');
}
