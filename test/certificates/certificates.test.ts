import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { GENERATED_BY } from '../../src/api/index.ts';
import { selects } from '../../src/existing/index.ts';
import { isMap, type MapValue, mapAt, mapsAt, textAt, type Value } from '../../src/yaml/index.ts';
import { resourceList } from '../support/basic.ts';
import { judgeCertificates } from '../support/cert-manager-judge.ts';
import { asRendered } from '../support/operator-judge.ts';
import { readYaml } from '../support/read-yaml.ts';
import { mergedMap } from '../support/render-text.ts';
import { TRIES_ALL } from '../support/runs.ts';
import { Container, SHELLS } from '../support/start.ts';
import { FACT_TABLES, isTaken, mergedCase, readFixture, type Table } from '../support/table.ts';
import { CERT_MANAGER_JUDGE, OPERATOR_EXAMPLES, OPERATOR_JUDGE } from '../support/tools.ts';

const TLS: MapValue = { tlsCluster: { enabled: true } };

/** What the function makes of resources, with certificates. */
async function expand(
  resources: readonly MapValue[],
  spec: MapValue = {},
): Promise<{ resources: MapValue[]; messages: readonly string[] }> {
  const config = {
    apiVersion: 'groups.pingcap.com/v1alpha1',
    kind: 'ExpandTidbGroups',
    metadata: { name: 'expand' },
    spec: { certificates: { issuer: 'basic-tidb-issuer' }, ...spec },
  };
  const input = `${resourceList(...resources.map(asText))}functionConfig: ${asText(config)}\n`;
  const { output, messages } = await run(Buffer.from(input));
  const text = [...output].map((piece) => Buffer.from(piece).toString()).join('');
  const [list] = text === '' ? [] : readYaml(text);
  return { resources: list === undefined ? [] : mapsAt(list, 'items'), messages };
}

function asText(resource: object): string {
  return JSON.stringify(resource, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
}

const isCertificate = ({ kind }: MapValue) => kind === 'Certificate';
const nameOf = (resource: MapValue) => textAt(resource, 'metadata', 'name');
const markOf = (resource: MapValue) => textAt(resource, 'metadata', 'annotations', GENERATED_BY);
const isError = (message: string) => message.startsWith('error');

/** The volumes of certificates; a user's own have other names. */
const VOLUME = /^(?:(?:pd|tikv|tidb|tiflash|ticdc|tiproxy|pump|cluster-client|tidb-server|tidb-client)-tls)$/;

function mountedBy(sets: readonly MapValue[]): string[] {
  const volumes = sets
    .filter(({ kind }) => kind === 'StatefulSet')
    .flatMap((set) => mapsAt(set, 'spec', 'template', 'spec', 'volumes'));
  const secrets = volumes
    .filter((volume) => VOLUME.test(textAt(volume, 'name')))
    .map((volume) => textAt(volume, 'secret', 'secretName'));
  return [...new Set(secrets)].sort();
}

interface GroupCase {
  readonly name: string;
  readonly group: MapValue;
  readonly cluster: MapValue;
}

const TABLES = FACT_TABLES.filter((table) => table.endsWith('-group'));

/** Kubernetes refuses such a pod, and so do we: the pod's resource claims have no field. */
const REFUSED = 'claims';

/** Groups of all kinds with every field, in clusters with TLS. */
const CASES = TABLES.flatMap((table) => {
  const facts = readFixture<Table>(`${table}.yaml`);
  return facts.cases
    .filter((one) => isTaken(one) && one.name !== REFUSED)
    .filter((_, index) => TRIES_ALL || index % 8 === 0)
    .map((one, index): GroupCase => {
      const { cluster, group } = mergedCase(facts, one);
      const more: MapValue = {
        ...TLS,
        ...(index % 2 === 0 && { clusterDomain: 'cluster.local' }),
      };
      return {
        name: `${table} ${one.name}`,
        group: asValue(group),
        cluster: withSpec(asValue(cluster), more),
      };
    });
});

function asValue(object: object): MapValue {
  return JSON.parse(JSON.stringify(object));
}

function withSpec(resource: MapValue, spec: MapValue): MapValue {
  const metadata = { namespace: 'db', ...mapAt(resource, 'metadata') };
  return mergedMap({ ...resource, metadata }, { spec });
}

/** Where servers say that they are, and whom they ask: hosts of this cluster. */
function hostsIn(text: string): string[] {
  return [...text.matchAll(/[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+(?=[^\w.-]|$)/gm)]
    .map(([host]) => host)
    .filter((host) => /\.svc(?:\.cluster\.local)?$/.test(host));
}

/** What the first pod of a group starts with, and all that it reads. */
function started(resources: readonly MapValue[]): string {
  const [shell] = SHELLS;
  if (shell === undefined) throw new Error('there is no shell');
  const container = new Container();
  const { argv = [] } = container.start(resources, shell);
  const set = resources.find(({ kind }) => kind === 'StatefulSet');
  const isMade = mapsAt(set, 'spec', 'template', 'spec', 'initContainers').some(
    ({ name }) => name === 'init',
  );
  const env = { POD_NAME: `${set && nameOf(set)}-0`, NAMESPACE: textAt(set, 'metadata', 'namespace') };
  const isTemplated = isMade && textAt(set, 'metadata', 'name').endsWith('-tiflash');
  const files = isTemplated ? container.makeConfigs(resources, shell, env) : [];
  return [...argv, ...files].join('\n');
}

/** What becomes of each of them. */
const EXPANDED = await Promise.all(
  CASES.map(async ({ name, group, cluster }) => {
    const { resources, messages } = await expand([cluster, group]);
    const mark = `${group.kind}/${nameOf(group)}`;
    const own = resources.filter((one) => markOf(one) === mark);
    return { name, group, cluster, mark, messages, resources, own };
  }),
);

function secretsOf(resources: readonly MapValue[]): string[] {
  return resources
    .filter(isCertificate)
    .map((one) => textAt(one, 'spec', 'secretName'))
    .sort();
}

describe('groups of every kind', () => {
  it('have Certificates for exactly what they mount', () => {
    for (const { name, own, messages } of EXPANDED) {
      expect(messages.filter(isError), name).toEqual([]);
      expect(
        messages.filter((message) => message.includes('secret-not-found')),
        name,
      ).toEqual([]);
      expect(secretsOf(own), name).toEqual(mountedBy(own));
      expect(secretsOf(own), name).not.toEqual([]);
    }
  });

  it('have the same as TidbClusters, and what TiDB Operator asks PD with', async () => {
    for (const { name, group, cluster, mark, own } of EXPANDED) {
      const { resources, messages } = await expand([cluster, group], { output: 'TidbCluster' });
      expect(messages.filter(isError), name).toEqual([]);
      const secrets = secretsOf(resources.filter((one) => markOf(one) === mark));
      expect(secrets, name).toEqual(
        [...new Set([...mountedBy(own), `${nameOf(group)}-cluster-client-secret`])].sort(),
      );
    }
  });

  describe.skipIf(CERT_MANAGER_JUDGE.path === undefined)('by cert-manager', () => {
    it('have names that hold for all hosts that their start scripts advertise, and for PD', () => {
      const questions: { name: string; certificate: MapValue; hosts: string[] }[] = [];
      let advertised = 0;
      for (const { name, group, cluster, resources, own } of EXPANDED) {
        const set = own.find(({ kind }) => kind === 'StatefulSet');
        if (set === undefined) continue;
        const hosts = [...new Set(hostsIn(started(own)))];
        for (const certificate of resources.filter(isCertificate)) {
          const secret = nameOf(certificate);
          const component = textAt(set, 'metadata', 'labels', 'app.kubernetes.io/component');
          const isOwn = secret === `${nameOf(group)}-${component}-cluster-secret`;
          const wanted = isOwn
            ? hosts.filter((host) => host.startsWith(`${nameOf(set)}-0.`))
            : secret === `${nameOf(cluster)}-pd-cluster-secret`
              ? hosts.filter((host) => host.startsWith(`${nameOf(cluster)}-pd.`))
              : [];
          advertised += isOwn ? wanted.length : 0;
          questions.push({ name: `${name}: ${secret}`, certificate, hosts: wanted });
        }
      }
      const judged = judgeCertificates(questions);
      for (const [index, { name, certificate }] of questions.entries()) {
        const { refused, strangers, server, client, defaulted } = judged[index] ?? {};
        const isClient = /-client-secret$/.test(nameOf(certificate));
        const isServer = /-tidb-server-secret$/.test(nameOf(certificate));
        expect({ name, refused, strangers, defaulted, server, client }).toEqual({
          name,
          refused: undefined,
          strangers: [],
          defaulted: false,
          server: !isClient,
          client: !isServer,
        });
      }
      expect(advertised).toBeGreaterThan(CASES.length / 2);
    });
  });
});

describe.skipIf(CERT_MANAGER_JUDGE.path === undefined)('a group in several zones', () => {
  it('has names that hold for every Service that finds its servers', async () => {
    const group: MapValue = {
      apiVersion: 'pingcap.com/v1alpha1',
      kind: 'TiDBGroup',
      metadata: { name: 'web', namespace: 'db' },
      spec: {
        cluster: { name: 'basic' },
        replicas: 2,
        zones: ['a', 'b'],
        service: { type: 'ClusterIP' },
        tlsClient: { enabled: true },
      },
    };
    const base = cluster({ ...TLS, pd: COMPONENTS.pd ?? null, tikv: COMPONENTS.tikv ?? null });
    const { resources, messages } = await expand([base, group]);
    expect(messages.filter(isError)).toEqual([]);
    const services = resources.filter(({ kind }) => kind === 'Service');
    const sets = resources.filter(({ kind }) => kind === 'StatefulSet');
    const questions = sets.flatMap((set) => {
      const labels = mapAt(set, 'spec', 'template', 'metadata', 'labels');
      const finding = services.filter((service) =>
        selects({ matchLabels: mapAt(service, 'spec', 'selector') }, labels),
      );
      const hosts = finding.map((service) => `${nameOf(service)}.db.svc`);
      return mountedBy([set]).map((secret) => ({
        certificate: resources.find((one) => isCertificate(one) && nameOf(one) === secret) ?? {},
        hosts,
      }));
    });
    expect(sets).toHaveLength(2);
    expect(questions.map(({ hosts }) => hosts.length)).toEqual([3, 3, 3, 3]);
    expect(judgeCertificates(questions).map(({ refused, strangers }) => refused ?? strangers)).toEqual(
      questions.map(() => []),
    );
  });
});

/** Components of a TidbCluster with TLS in many ways. */
const COMPONENTS: MapValue = {
  pd: { baseImage: 'pingcap/pd', replicas: 1, requests: { storage: '1Gi' } },
  tikv: { baseImage: 'pingcap/tikv', replicas: 1, requests: { storage: '1Gi' } },
  tidb: { baseImage: 'pingcap/tidb', replicas: 1 },
  tiflash: {
    baseImage: 'pingcap/tiflash',
    replicas: 1,
    storageClaims: [{ resources: { requests: { storage: '1Gi' } } }],
  },
  ticdc: { baseImage: 'pingcap/ticdc', replicas: 1 },
  tiproxy: { baseImage: 'pingcap/tiproxy', replicas: 1, version: 'v1.3.0' },
};

function cluster(spec: MapValue, annotations: MapValue = {}): MapValue {
  return {
    apiVersion: 'pingcap.com/v1alpha1',
    kind: 'TidbCluster',
    metadata: { name: 'basic', namespace: 'db', annotations },
    spec: { version: 'v8.5.7', timezone: 'UTC', ...spec },
  };
}

const SQL_TLS: MapValue = { tidb: { ...mapAt(COMPONENTS, 'tidb'), tlsClient: { enabled: true } } };
const SKIPS: MapValue = { 'tidb.tidb.pingcap.com/skip-tls-when-connect-tidb': 'true' };

/** Whatever decides on certificates in TiDB Operator, together and apart. */
const BASES: [name: string, base: MapValue][] = [TLS, {}].flatMap((tls, isPlain) =>
  [{}, SQL_TLS].flatMap((sql, hasSql) =>
    [{}, SKIPS].flatMap((annotations, skips) =>
      [{}, { certLayout: 'v1' }].map((layout, isV1): [string, MapValue] => {
        const tiproxy = { ...mapAt(COMPONENTS, 'tiproxy'), ...layout };
        const words = [!isPlain && 'tls', hasSql && 'sql', skips && 'skips', isV1 && 'v1'].filter(Boolean);
        return [words.join(' ') || 'none', cluster({ ...tls, ...COMPONENTS, ...sql, tiproxy }, annotations)];
      }),
    ),
  ),
);

describe('a TidbCluster', () => {
  describe.skipIf(OPERATOR_JUDGE.path === undefined)('by TiDB Operator', () => {
    it('has Certificates for exactly what the operator mounts, and asks PD with', async () => {
      const named: [string, MapValue][] = [
        ...BASES,
        [
          'named Secrets',
          cluster({
            ...TLS,
            ...COMPONENTS,
            ...SQL_TLS,
            pd: { ...mapAt(COMPONENTS, 'pd'), tlsClientSecretName: 'dashboard' },
            tiproxy: { ...mapAt(COMPONENTS, 'tiproxy'), tlsClientSecretName: 'proxy' },
          }),
        ],
        [
          'client certificates mounted',
          cluster({
            ...TLS,
            pd: { ...mapAt(COMPONENTS, 'pd'), mountClusterClientSecret: true },
            tikv: { ...mapAt(COMPONENTS, 'tikv'), mountClusterClientSecret: true },
          }),
        ],
      ];
      const theirs = asRendered(named.map(([, base]) => asText(base)));
      for (const [index, [name, base]] of named.entries()) {
        const { resources, messages } = await expand([base]);
        expect(messages.filter(isError), name).toEqual([]);
        expect(theirs[index]?.refused, name).toBeUndefined();
        const mounted = mountedBy(theirs[index]?.resources ?? []);
        const hasTls = mapAt(base, 'spec', 'tlsCluster').enabled === true;
        const client = hasTls ? ['basic-cluster-client-secret'] : [];
        const secrets = resources.filter(isCertificate).map((one) => textAt(one, 'spec', 'secretName'));
        expect(secrets.sort(), name).toEqual([...new Set([...mounted, ...client])].sort());
      }
    });
  });

  it('has them for Pump, microservices and the discovery service', async () => {
    const base = cluster({
      tlsCluster: { enabled: true, enableDiscoveryMTLS: true },
      pd: { ...mapAt(COMPONENTS, 'pd'), mode: 'ms' },
      pdms: [{ name: 'tso', replicas: 1 }],
      pump: { replicas: 1, requests: { storage: '1Gi' } },
    });
    const { resources } = await expand([base]);
    const names = new Map(resources.filter(isCertificate).map((one) => [nameOf(one), namesIn(one)]));
    expect([...names.keys()].sort()).toEqual([
      'basic-cluster-client-secret',
      'basic-discovery-cluster-secret',
      'basic-pd-cluster-secret',
      'basic-pump-cluster-secret',
    ]);
    expect(names.get('basic-pd-cluster-secret')).toContain('*.basic-tso-peer.db.svc');
    expect(names.get('basic-pump-cluster-secret')).toContain('*.basic-pump.db.svc');
    expect(names.get('basic-discovery-cluster-secret')).toContain('basic-discovery.db');
  });

  it('keeps those of what is suspended', async () => {
    const running = await expand([cluster({ ...TLS, ...COMPONENTS })]);
    const stopped = await expand([
      cluster({ ...TLS, ...COMPONENTS, suspendAction: { suspendStatefulSet: true } }),
    ]);
    expect(stopped.resources.filter(isCertificate)).toEqual(running.resources.filter(isCertificate));
  });
});

function namesIn(certificate: MapValue): Value[] {
  const { dnsNames } = mapAt(certificate, 'spec');
  return Array.isArray(dnsNames) ? dnsNames : [];
}

describe.skipIf(OPERATOR_EXAMPLES.path === undefined)("TiDB Operator's own example", () => {
  const file = (name: string) => {
    const text = readFileSync(
      `${OPERATOR_EXAMPLES.path}/heterogeneous-tls/cert-manager/${name}.yaml`,
      'utf8',
    );
    return readYaml(text)[0] ?? {};
  };
  const group = (kind: string, spec: MapValue): MapValue => ({
    apiVersion: 'pingcap.com/v1alpha1',
    kind,
    metadata: { name: 'heterogeneous', namespace: 'default' },
    spec: { cluster: { name: 'basic' }, replicas: 1, ...spec },
  });
  const base = cluster({
    ...TLS,
    pd: COMPONENTS.pd ?? null,
    tikv: COMPONENTS.tikv ?? null,
    ...SQL_TLS,
  });

  it('has what we render in all of the Certificates that pods mount', async () => {
    const { resources } = await expand(
      [
        { ...base, metadata: { name: 'basic', namespace: 'default' } },
        group('TiKVGroup', { requests: { storage: '1Gi' } }),
        group('TiDBGroup', { tlsClient: { enabled: true } }),
      ],
      { output: 'TidbCluster' },
    );
    const ours = new Map(resources.filter(isCertificate).map((one) => [nameOf(one), one]));
    const theirs = [
      ...['pd', 'tikv', 'tidb'].map((name) => `basic/${name}-cluster-secret`),
      ...['cluster-client-secret', 'tidb-client-cert', 'tidb-server-secret'].map((name) => `basic/${name}`),
      ...['tikv-cluster-secret', 'tidb-cluster-secret', 'cluster-client-secret', 'tidb-server-secret'].map(
        (name) => `heterogeneous/${name}`,
      ),
    ].map(file);
    expect(theirs.map(nameOf).sort()).toEqual([...ours.keys()].sort());
    for (const example of theirs) {
      const mine = ours.get(nameOf(example)) ?? {};
      const { dnsNames: _, ipAddresses: __, ...written } = mapAt(example, 'spec');
      expect(mapAt(mine, 'spec'), nameOf(example)).toMatchObject(written);
      const known = namesIn(mine);
      expect(
        namesIn(example).filter((name) => !known.includes(name)),
        nameOf(example),
      ).toEqual([]);
    }
  });
});

it('no certificate is made where nobody asks, and none without TLS', async () => {
  const group = readFixture<Table>('conformance/tikv-group.yaml');
  const { cluster: base, group: its } = mergedCase(group, {});
  const plain = await expand([asValue(base), withSpec(asValue(its), {})]);
  expect(plain.resources.filter(isCertificate)).toEqual([]);
  expect(plain.resources.filter(isMap)).not.toEqual([]);
});
