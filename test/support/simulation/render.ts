import { storeBudget } from '../../../src/budget/index.ts';
import { storeRollout } from '../../../src/rollout/index.ts';
import type { MapValue } from '../../../src/yaml/index.ts';

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

/** What makes stores safe, of which the pods of the simulation have the limits. */
export const ROLLOUT = storeRollout({
  image: 'pingcap/tikv:v8.5.7',
  pd: 'basic-pd:2379',
  clusterDomain: undefined,
  tls: false,
  gracefulShutdownTimeout: undefined,
  terminationGracePeriodSeconds: undefined,
  base: { image: BASE_IMAGE, gracefulShutdownTimeout: undefined },
});

export const LIMITS = { limit: Number(ROLLOUT.afterStart[3]), settle: Number(ROLLOUT.afterStart[4]) };

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
      ...(isSafe && { minReadySeconds: ROLLOUT.minReadySeconds }),
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
