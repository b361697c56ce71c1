import { run } from '../../../functions/expand-tidb-groups/index.ts';
import { isMap, type MapValue } from '../../../src/yaml/index.ts';
import { resourceList } from '../basic.ts';
import { at, readYaml } from '../read-yaml.ts';
import type { PodKind } from './kubelet.ts';

export interface GroupState {
  readonly replicas: number;
  /** Another number is another pod template. */
  readonly template: number;
}

/** What is in Git: the groups, and whether they are rendered `Safe`. */
export interface Commit {
  readonly groups: Readonly<Record<string, GroupState>>;
  readonly isSafe: boolean;
}

/** What never changes in a history. */
export interface Setting {
  readonly base: number;
  readonly maxReplicas: number;
  readonly policy: 'Parallel' | 'OrderedReady';
  /** Whether the TidbCluster has a `readinessProbe` for its own stores, which TiDB Operator does not give them. */
  readonly baseHasProbe: boolean;
}

/** What the function renders of a commit, as far as it matters to stores. */
export interface Render {
  readonly commit: Commit;
  readonly resources: readonly MapValue[];
}

const API = 'pingcap.com/v1alpha1';
const WAVE = 'argocd.argoproj.io/sync-wave';

/** Renders are the same for the same commit, and histories repeat themselves. */
const RENDERED = new Map<string, Promise<readonly MapValue[]>>();

export async function renderOf(commit: Commit, setting: Setting): Promise<Render> {
  const key = JSON.stringify([commit, setting.base, setting.maxReplicas, setting.policy]);
  const resources = RENDERED.get(key) ?? rendered(commit, setting);
  RENDERED.set(key, resources);
  return { commit, resources: await resources };
}

async function rendered({ groups, isSafe }: Commit, setting: Setting): Promise<readonly MapValue[]> {
  const { base, maxReplicas, policy } = setting;
  const requests = { storage: '1Gi' };
  const cluster = {
    apiVersion: API,
    kind: 'TidbCluster',
    metadata: { name: 'basic', namespace: 'tidb' },
    spec: {
      version: 'v8.5.7',
      podManagementPolicy: policy,
      pd: { replicas: 3, requests, config: { replication: { 'max-replicas': maxReplicas } } },
      tikv: { replicas: base, requests },
    },
  };
  const written = Object.entries(groups).map(([name, { replicas, template }]) => ({
    apiVersion: API,
    kind: 'TiKVGroup',
    metadata: { name, namespace: 'tidb' },
    spec: { cluster: { name: 'basic' }, replicas, requests, annotations: { template: `${template}` } },
  }));
  const config = {
    apiVersion: 'groups.pingcap.com/v1alpha1',
    kind: 'ExpandTidbGroups',
    metadata: { name: 'expand' },
    spec: { rollout: isSafe ? 'Safe' : 'Plain' },
  };
  const list = resourceList(...[cluster, ...written].map((one) => JSON.stringify(one)));
  const { output, messages } = await run(Buffer.from(`${list}functionConfig: ${JSON.stringify(config)}\n`));
  if (output === undefined) throw new Error(messages.join('\n'));
  const [answer] = readYaml([...output].map((piece) => Buffer.from(piece).toString()).join(''));
  const items = at(answer, 'items');
  const plain = JSON.stringify(items, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  const all: MapValue[] = JSON.parse(plain);
  return all.filter((one) => isMap(one.metadata) && KINDS.has(String(one.kind)));
}

const KINDS = new Set(['ConfigMap', 'PodDisruptionBudget', 'StatefulSet']);

/** What a render has for Argo CD, wave by wave, and within each in the order in which Argo CD applies kinds. */
export function byWave({ resources }: Render): MapValue[][] {
  const waves = new Map<number, MapValue[]>();
  for (const resource of resources) {
    const wave = Number(at(resource, 'metadata', 'annotations', WAVE));
    waves.set(wave, [...(waves.get(wave) ?? []), resource]);
  }
  const order = [...KINDS];
  return [...waves]
    .sort(([a], [b]) => a - b)
    .map(([, its]) => its.sort((a, b) => order.indexOf(String(a.kind)) - order.indexOf(String(b.kind))));
}

export function nameOf(resource: MapValue): string {
  return String(at(resource, 'metadata', 'name'));
}

/** How the pods of a rendered StatefulSet run. `settings` is what the hook of a store reads. */
export function podKindOf(set: MapValue, settings: string): PodKind {
  const container = at(set, 'spec', 'template', 'spec', 'containers', 'tikv');
  const hook = at(container, 'lifecycle', 'preStop', 'exec', 'command', 3);
  const [, settle] = /^settle=(\d+)$/m.exec(settings) ?? [];
  return {
    hasProbe: at(container, 'readinessProbe') !== undefined,
    hook: hook === undefined ? undefined : { limit: Number(hook), settle: Number(settle) },
  };
}

/** The StatefulSet that TiDB Operator makes for the TidbCluster, as far as the StatefulSet controller reads it. */
export function baseSet({ base }: Pick<Setting, 'base'>, namespace = 'tidb'): MapValue {
  const labels = {
    'app.kubernetes.io/component': 'tikv',
    'app.kubernetes.io/instance': 'basic',
    'app.kubernetes.io/managed-by': 'tidb-operator',
    'app.kubernetes.io/name': 'tidb-cluster',
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'basic-tikv', namespace },
    spec: {
      replicas: base,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: labels },
      serviceName: 'basic-tikv-peer',
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'tikv', image: 'pingcap/tikv:v8.5.7' }] },
      },
    },
  };
}
