import type { PodSettings, TidbClusterSpec } from '../api/index.ts';

/** The settings of a pod after the group's own were laid over its cluster's. */
export type InheritedSettings = ReturnType<typeof inheritSettings>;

/**
 * A group inherits what it does not set from its cluster: maps are merged key by key, lists and objects are replaced
 * whole. Empty text and empty lists count as left out, except where the API tells "empty" and "not written" apart.
 */
export function inheritSettings(own: PodSettings, cluster: TidbClusterSpec) {
  const hostNetwork = own.hostNetwork ?? cluster.hostNetwork ?? false;
  return {
    affinity: own.affinity ?? cluster.affinity,
    annotations: { ...cluster.annotations, ...own.annotations },
    configUpdateStrategy: own.configUpdateStrategy ?? cluster.configUpdateStrategy,
    dnsConfig: own.dnsConfig ?? cluster.dnsConfig,
    dnsPolicy:
      own.dnsPolicy || cluster.dnsPolicy || (hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst'),
    hostNetwork,
    imagePullPolicy: own.imagePullPolicy ?? (cluster.imagePullPolicy || 'IfNotPresent'),
    imagePullSecrets: filled(own.imagePullSecrets) ?? filled(cluster.imagePullSecrets),
    labels: { ...cluster.labels, ...own.labels },
    nodeSelector: { ...cluster.nodeSelector, ...own.nodeSelector },
    podManagementPolicy: own.podManagementPolicy || cluster.podManagementPolicy,
    podSecurityContext: own.podSecurityContext ?? cluster.podSecurityContext,
    priorityClassName: own.priorityClassName ?? cluster.priorityClassName,
    schedulerName: own.schedulerName ?? cluster.schedulerName,
    statefulSetUpdateStrategy: own.statefulSetUpdateStrategy || cluster.statefulSetUpdateStrategy,
    suspendAction: own.suspendAction ?? cluster.suspendAction,
    tolerations: filled(own.tolerations) ?? filled(cluster.tolerations),
    topologySpreadConstraints:
      filled(own.topologySpreadConstraints) ?? filled(cluster.topologySpreadConstraints),
  };
}

function filled<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list?.length ? list : undefined;
}
