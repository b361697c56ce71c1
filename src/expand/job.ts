import type { Labels } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';

/** The labels of a Job of ours: none of those by which Services, StatefulSets, budgets and TiDB Operator find servers. */
export function jobLabels(component: string, instance: string): Labels {
  return {
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/instance': instance,
    'app.kubernetes.io/managed-by': 'tidb-groups',
    'app.kubernetes.io/name': 'tidb-cluster',
  };
}

/** What the pod of such a Job may do, as namespaces with the Pod Security Standard `restricted` want it. */
export function jobSecurityContext(): MapValue {
  return {
    runAsGroup: 1000,
    runAsNonRoot: true,
    runAsUser: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}
