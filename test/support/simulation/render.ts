import { storeBudget } from '../../../src/budget/index.ts';
import type { MapValue } from '../../../src/yaml/index.ts';
import { at } from '../read-yaml.ts';
import { render } from '../table.ts';

export interface GroupState {
  readonly replicas: number;
  /** Another number is another pod template. */
  readonly template: number;
}

/** What is in Git: the groups, and whether they are rendered to be safe. */
export interface Render {
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

const BASE_IMAGE = 'pingcap/tikv:v8.5.7';

const API = { apiVersion: 'pingcap.com/v1alpha1' } as const;

/** What is rendered for a group of stores beside a base, of which the pods of the simulation have the limits. */
const SAFE = render(
  {
    ...API,
    kind: 'TiKVGroup',
    metadata: { name: 'hot', annotations: { 'groups.pingcap.com/rollout': 'Safe' } },
    spec: { cluster: { name: 'basic' }, replicas: 3, requests: { storage: '1Gi' } },
  },
  {
    ...API,
    kind: 'TidbCluster',
    metadata: { name: 'basic' },
    spec: {
      version: BASE_IMAGE.replace(/.*:/, ''),
      pd: { replicas: 3, requests: { storage: '1Gi' } },
      tikv: { replicas: 3, requests: { storage: '1Gi' } },
    },
  },
).resources.find(({ kind }) => kind === 'StatefulSet');

const MIN_READY = Number(at(SAFE, 'spec', 'minReadySeconds'));

const HOOK = at(
  SAFE,
  'spec',
  'template',
  'spec',
  'containers',
  'tikv',
  'lifecycle',
  'preStop',
  'exec',
  'command',
);

export const LIMITS = { limit: Number(at(HOOK, 3)), settle: Number(at(HOOK, 4)) };

/** The StatefulSet of a group, or of the TidbCluster `basic`, as far as its controller looks at it. */
export function statefulSet(
  instance: string,
  { replicas, template }: GroupState,
  isSafe: boolean,
  policy: string,
): MapValue {
  const labels = {
    'app.kubernetes.io/component': 'tikv',
    'app.kubernetes.io/instance': instance,
    'app.kubernetes.io/managed-by': 'tidb-operator',
    'app.kubernetes.io/name': 'tidb-cluster',
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: `${instance}-tikv`, namespace: 'tidb' },
    spec: {
      replicas,
      podManagementPolicy: policy,
      selector: { matchLabels: labels },
      serviceName: `${instance}-tikv-peer`,
      ...(isSafe && { minReadySeconds: MIN_READY }),
      template: {
        metadata: { labels, annotations: { template: `${template}` } },
        spec: { containers: [{ name: 'tikv', image: BASE_IMAGE }] },
      },
    },
  };
}

/** The budget over all stores of a render. */
export function budgetOf({ groups }: Render, { base, maxReplicas }: Setting): MapValue {
  const stores = Object.entries(groups).map(([instance, { replicas }]) => ({ instance, replicas }));
  return storeBudget({
    cluster: 'basic',
    namespace: 'tidb',
    stores: [{ instance: 'basic', replicas: base }, ...stores],
    maxReplicas,
  });
}
