import { byName } from '../components/index.ts';
import { isIn } from '../expand/index.ts';
import type { MapValue } from '../yaml/index.ts';

/** The stores of a group, or those of a TidbCluster itself. */
export interface StoreCount {
  /** Their instance label: the name of the TidbCluster or group. */
  readonly instance: string;
  readonly replicas: number;
}

/** All stores of a TidbCluster that are in one namespace. */
export interface StoreBudget {
  /** Its name. */
  readonly cluster: string;
  readonly namespace: string | undefined;
  readonly stores: readonly StoreCount[];
  /** PD's `max-replicas`. */
  readonly maxReplicas: number;
}

/** How many of some replicas may be missing while the others still decide: of a region, or of the members of PD. */
export function tolerated(replicas: number): number {
  return Math.max(0, Math.floor((replicas - 1) / 2));
}

/**
 * How many stores may be away while every region still has a majority, whichever stores its replicas are on. With fewer
 * stores than replicas a region has as many replicas as there are stores.
 */
export function toleratedStores(stores: number, maxReplicas: number): number {
  return tolerated(Math.min(stores, maxReplicas));
}

/**
 * One budget over the stores of the TidbCluster and its groups, because any of them may have replicas of one region. It
 * is a number of pods that must be there: a number that may be away is counted from the StatefulSets whose pods are
 * there, so one whose pods are all away is forgotten. A store that serves nothing may go at any time. Labels that
 * kustomize adds to `matchLabels` are not on the pods of TiDB Operator, so there are none.
 */
export function storeBudget({ cluster, namespace, stores, maxReplicas }: StoreBudget): MapValue {
  const all = stores.reduce((sum, { replicas }) => sum + replicas, 0);
  return budget(`${cluster}-${byName.tikv.name}`, namespace, {
    minAvailable: all - toleratedStores(all, maxReplicas),
    selector: {
      matchExpressions: [
        isIn('app.kubernetes.io/component', [byName.tikv.name]),
        isIn('app.kubernetes.io/instance', stores.map(({ instance }) => instance).sort()),
        isIn('app.kubernetes.io/managed-by', ['tidb-operator']),
      ],
    },
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  });
}

/** A budget for a group of SQL servers: one of them at a time. */
export function serverBudget(group: string, namespace: string | undefined): MapValue {
  return budget(`${group}-${byName.tidb.name}`, namespace, {
    maxUnavailable: 1,
    selector: {
      matchLabels: {
        'app.kubernetes.io/component': byName.tidb.name,
        'app.kubernetes.io/instance': group,
        'app.kubernetes.io/managed-by': 'tidb-operator',
      },
    },
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  });
}

function budget(name: string, namespace: string | undefined, spec: MapValue): MapValue {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    spec,
  };
}
