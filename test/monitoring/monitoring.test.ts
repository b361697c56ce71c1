import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { isMap, type MapValue } from '../../src/yaml/index.ts';
import { resourceList } from '../support/basic.ts';
import { createdUnder, podsOf } from '../support/kubernetes-judge.ts';
import { asRendered } from '../support/operator-judge.ts';
import { configsOf, scraped, type Target } from '../support/prometheus-judge.ts';
import { at, readYaml } from '../support/read-yaml.ts';
import {
  KUBERNETES_JUDGE,
  OPERATOR_JUDGE,
  PROMETHEUS_JUDGE,
  PROMETHEUS_OPERATOR_CRDS,
  PROMETHEUS_OPERATOR_JUDGE,
  type Tool,
} from '../support/tools.ts';

const HEAD = 'apiVersion: pingcap.com/v1alpha1\n';

interface Case {
  readonly name: string;
  /** More of the spec of the TidbCluster. */
  readonly cluster: string;
  /** Where the groups are. */
  readonly namespace: string;
  readonly scheme: 'http' | 'https';
  readonly domain: string;
}

const CASES: readonly Case[] = [
  { name: 'without TLS', cluster: '', namespace: 'tidb', scheme: 'http', domain: 'svc' },
  {
    name: 'with TLS',
    cluster: ', tlsCluster: {enabled: true}, tidb: {replicas: 1, tlsClient: {enabled: true}}',
    namespace: 'tidb',
    scheme: 'https',
    domain: 'svc',
  },
  {
    name: 'with TLS and a domain, and groups elsewhere',
    cluster: ', tlsCluster: {enabled: true}, clusterDomain: west.local',
    namespace: 'more',
    scheme: 'https',
    domain: 'svc.west.local',
  },
];

function cluster(name: string, more: string, namespace = 'tidb'): string {
  return `${HEAD}kind: TidbCluster
metadata: {name: ${name}, namespace: ${namespace}}
spec: {version: v8.5.7, pd: {replicas: 3, requests: {storage: 10Gi}}, tikv: {replicas: 3, requests: {storage: 100Gi}}${more.includes('tidb:') ? '' : ', tidb: {replicas: 1}'}${more}}
`;
}

const KINDS = {
  PDGroup: 'requests: {storage: 10Gi}',
  TiKVGroup: 'requests: {storage: 100Gi}',
  TiDBGroup: 'service: {type: ClusterIP}',
  TiFlashGroup: 'storageClaims: [{resources: {requests: {storage: 100Gi}}}]',
  TiCDCGroup: 'version: v8.5.7',
  TiProxyGroup: 'version: v1.3.2',
};

/** A group of every kind; their names say nothing of their cluster. */
function groups(namespace: string, of = 'basic', from = 'tidb'): string[] {
  return Object.entries(KINDS).map(
    ([kind, spec]) =>
      `${HEAD}kind: ${kind}\nmetadata: {name: blue, namespace: ${namespace}}\nspec: {cluster: {name: ${of}, namespace: ${from}}, replicas: 1, ${spec}}\n`,
  );
}

async function rendered(items: readonly string[], monitoring: string) {
  const config = `functionConfig:\n  apiVersion: groups.pingcap.com/v1alpha1\n  kind: ExpandTidbGroups\n  metadata: {name: c}\n  spec: {monitoring: {${monitoring}}}\n`;
  const { output, messages } = await run(Buffer.from(resourceList(...items) + config));
  const text = [...output].map((piece) => Buffer.from(piece).toString()).join('');
  const list = at(readYaml(text)[0], 'items');
  const resources = Array.isArray(list) ? list.filter(isMap) : [];
  expect(messages.filter((message) => message.startsWith('error'))).toEqual([]);
  return resources;
}

const ofKind = (resources: readonly MapValue[], kind: string) =>
  resources.filter((resource) => resource.kind === kind);

/** The first pods of StatefulSets, as they run. */
function running(sets: readonly MapValue[]): MapValue[] {
  // The operator's TidbCluster is in no API server, so it has no UID.
  const own = sets.map((set) => changed(set, { ownerReferences: [] }));
  return podsOf(own).map(({ pod, refused }, index) => {
    expect(refused).toBeUndefined();
    return { ...pod, status: { phase: 'Running', podIP: `10.0.0.${index + 1}` } };
  });
}

const nameOf = (pod: MapValue) => String(at(pod, 'metadata', 'name'));
const namespaceOf = (pod: MapValue) => String(at(pod, 'metadata', 'namespace'));

/** Where each component tells how it is doing: ports of TiDB's documentation. */
const METRICS: { readonly [component: string]: readonly (readonly [job: string, rest: string])[] } = {
  pd: [['pd', '2379/metrics']],
  tikv: [['tikv', '20180/metrics']],
  tidb: [['tidb', '10080/metrics']],
  tiflash: [
    ['tiflash', '8234/metrics'],
    ['tiflash-proxy', '20292/metrics'],
  ],
  ticdc: [['ticdc', '8301/metrics']],
  tiproxy: [['tiproxy', '3080/api/metrics']],
};

interface Wanted {
  readonly url: string;
  readonly labels: { readonly [name: string]: string };
}

/** What must be scraped of a pod. */
function wanted(pod: MapValue, { scheme, domain }: Case): Wanted[] {
  const [, set = '', component = ''] = /^(.*-(\w+))-\d+$/.exec(nameOf(pod)) ?? [];
  return (METRICS[component] ?? []).map(([job, rest]) => ({
    url: `${scheme}://${nameOf(pod)}.${set}-peer.${namespaceOf(pod)}.${domain}:${rest}`,
    labels: {
      cluster: 'basic',
      component,
      instance: nameOf(pod),
      job,
      kubernetes_namespace: namespaceOf(pod),
      tidb_cluster: 'tidb-basic',
    },
  }));
}

const sorted = (all: readonly Wanted[]) => all.toSorted((a, b) => (a.url < b.url ? -1 : 1));

/** Without what Prometheus Operator adds to what is asked for. */
function plain({ url, labels: { namespace: _, pod: __, endpoint: ___, ...labels } }: Target): Wanted {
  return { url, labels };
}

const JUDGES = [PROMETHEUS_JUDGE, PROMETHEUS_OPERATOR_JUDGE, OPERATOR_JUDGE, KUBERNETES_JUDGE];
const isMissing = (tool: Tool) => tool.path === undefined;

describe.skipIf(JUDGES.some(isMissing))('Prometheus', () => {
  describe.each(CASES)('$name', (one) => {
    const items = [cluster('basic', one.cluster), ...groups(one.namespace)];

    /** Pods of the cluster and its groups, and others that look like them. */
    async function pods(): Promise<{ ours: MapValue[]; others: MapValue[] }> {
      const sets = ofKind(await rendered(items, 'kind: PodMonitor'), 'StatefulSet');
      const manifests = [cluster('basic', one.cluster), cluster('other', ''), cluster('basic', '', 'else')];
      const [base = [], other = [], elsewhere = []] = asRendered(manifests).map(({ resources }) =>
        ofKind(resources, 'StatefulSet'),
      );
      expect([base.length, other.length, elsewhere.length]).toEqual([3, 3, 3]);
      const ours = running([...base, ...sets]);
      const alike = running([...other, ...elsewhere]);
      // In the groups' namespace there is a cluster of the same name as the base.
      const namesakes = alike.slice(other.length).map((pod) => moved(pod, 'more'));
      const unasked = withAnnotation(renamed(ours[0] ?? {}, 'basic-tikv-9'), 'prometheus.io/scrape', 'false');
      return { ours, others: [...alike, ...namesakes, unasked] };
    }

    test('finds every server once, by its name, and no other, by either kind', async () => {
      const { ours, others } = await pods();
      const all = [...ours, ...others];
      const podMonitors = ofKind(await rendered(items, 'kind: PodMonitor'), 'PodMonitor');
      const [config = ''] = configsOf([podMonitors]);
      const maps = ofKind(await rendered(items, 'kind: ConfigMap'), 'ConfigMap');
      const map = maps.find((resource) => nameOf(resource) === 'basic-scrape-config');
      const text = String(at(map, 'data', 'basic.yaml'));
      const answers = scraped([
        { config, pods: all },
        { config: text, pods: all },
      ]);
      const right = sorted(ours.flatMap((pod) => wanted(pod, one)));
      // Three of TiDB Operator and six groups, of which TiFlash has two places.
      expect(right.length).toBe(10);
      for (const { refused, targets } of answers) {
        expect(refused).toBeUndefined();
        expect(sorted(targets.map(plain))).toEqual(right);
        for (const { honorLabels, interval } of targets) expect([honorLabels, interval]).toEqual([true, 15]);
      }
      const ofSecret = (dir: string) => `${dir}/ca.crt ${dir}/tls.crt ${dir}/tls.key`;
      const files = ofSecret('/etc/prometheus/secrets/basic-cluster-client-secret');
      for (const { labels, certificates } of answers[1]?.targets ?? []) {
        const unchecked = labels.component === 'tiproxy' ? ', unchecked' : '';
        expect(certificates).toBe(one.scheme === 'http' ? 'none' : `${files}${unchecked}`);
      }
      for (const { labels, certificates } of answers[0]?.targets ?? []) {
        expect(certificates === 'none').toBe(one.scheme === 'http');
        expect(certificates.includes('unchecked')).toBe(
          one.scheme === 'https' && labels.component === 'tiproxy',
        );
      }
    });

    test('asks for the names that the servers tell each other', async () => {
      const resources = await rendered(items, 'kind: PodMonitor');
      const [config = ''] = configsOf([ofKind(resources, 'PodMonitor')]);
      const sets = ofKind(resources, 'StatefulSet');
      const [{ targets } = { targets: [] }] = scraped([{ config, pods: running(sets) }]);
      const scripts = JSON.stringify(ofKind(resources, 'ConfigMap')).replaceAll('\\"', '"');
      for (const { url, labels } of targets) {
        const { hostname } = new URL(url);
        expect(hostname.startsWith(`${labels.instance}.`)).toBe(true);
        expect(hostname.endsWith(`.${one.namespace}.${one.domain}`)).toBe(true);
        // The scripts have the names in variables: what is around them is what counts.
        const ending = one.domain.replace('svc', '');
        expect(scripts).toMatch(new RegExp(`NAMESPACE\\.svc"?${ending.replaceAll('.', '\\.')}`));
      }
    });
  });

  test('gives the metrics to TiDB’s dashboards as TidbMonitor does, wherever all is in one namespace', async () => {
    const resources = await rendered([cluster('basic', ''), ...groups('tidb')], 'kind: PodMonitor');
    const [config = ''] = configsOf([ofKind(resources, 'PodMonitor').map((one) => moved(one, 'later'))]);
    const pods = running(ofKind(resources, 'StatefulSet')).map((pod) => moved(pod, 'later'));
    const [{ targets } = { targets: [] }] = scraped([{ config, pods }]);
    expect(targets.length).toBe(7);
    for (const { labels } of targets) expect(labels.tidb_cluster).toBe('later-basic');
  });
});

describe.skipIf([PROMETHEUS_OPERATOR_CRDS, KUBERNETES_JUDGE].some(isMissing))('the API server', () => {
  test('takes PodMonitors by the definition of Prometheus Operator, and knows all of their fields', async () => {
    const file = `${PROMETHEUS_OPERATOR_CRDS.path}/monitoring.coreos.com_podmonitors.yaml`;
    const [definition = {}] = readYaml(readFileSync(file, 'utf8'));
    const all = await Promise.all(
      CASES.map((one) =>
        rendered(
          [cluster('basic', one.cluster), ...groups(one.namespace)],
          'kind: PodMonitor, labels: {release: a}, intervalSeconds: 30',
        ),
      ),
    );
    const resources = all.flatMap((one) => ofKind(one, 'PodMonitor'));
    expect(resources.length).toBe(CASES.length);
    const [answer] = createdUnder([{ definition, resources }]);
    expect(answer).toEqual({ resources: CASES.map(() => ({})) });
  });
});

function changed(resource: MapValue, metadata: MapValue): MapValue {
  const { metadata: old } = resource;
  return { ...resource, metadata: { ...(isMap(old) ? old : {}), ...metadata } };
}

const moved = (resource: MapValue, namespace: string) => changed(resource, { namespace });
const renamed = (resource: MapValue, name: string) => changed(resource, { name });

function withAnnotation(resource: MapValue, key: string, value: string): MapValue {
  const annotations = at(resource, 'metadata', 'annotations');
  return changed(resource, { annotations: { ...(isMap(annotations) ? annotations : {}), [key]: value } });
}
