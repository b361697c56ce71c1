import type { MapValue } from '../yaml/index.ts';

/** Fields that the template has under the names of a pod: what of them is stored is seen there. */
const IN_PODS = new Set([
  'version',
  'baseImage',
  'image',
  'requests',
  'limits',
  'affinity',
  'annotations',
  'dnsConfig',
  'dnsPolicy',
  'hostNetwork',
  'imagePullPolicy',
  'imagePullSecrets',
  'labels',
  'nodeSelector',
  'podSecurityContext',
  'priorityClassName',
  'schedulerName',
  'tolerations',
  'topologySpreadConstraints',
  'additionalContainers',
  'additionalVolumeMounts',
  'additionalVolumes',
  'automountServiceAccountToken',
  'env',
  'envFrom',
  'initContainers',
  'lifecycle',
  'readinessProbe',
  'securityContext',
  'terminationGracePeriodSeconds',
]);

/** Fields that are no part of the pods. */
export const NOT_IN_PODS = new Set([
  'replicas',
  'config',
  'configUpdateStrategy',
  'statefulSetUpdateStrategy',
  'podManagementPolicy',
  'suspendAction',
  'service',
  'storageClassName',
  'volumeAttributesClassName',
  'maxFailoverCount',
  'scalePolicy',
  'failover',
  'recoverFailover',
  'spareVolReplaceReplicas',
  'gracefulShutdownTimeout',
  'storageVolumes',
  'storageClaims',
]);

/** The fields of a component that are not seen in its pods. */
export function besidePods(own: MapValue): MapValue {
  return Object.fromEntries(Object.entries(own).filter(([field]) => !IN_PODS.has(field)));
}

/** Fields of the cluster that reach into every component's pods. */
export const CLUSTER_FIELDS = [
  'timezone',
  'serviceAccount',
  'clusterDomain',
  'startScriptVersion',
  'startScriptV2FeatureFlags',
  'preferIPv6',
  'acrossK8s',
  'pdAddresses',
  'tlsCluster',
];
