/** The Kubernetes types that a TidbCluster embeds, from the published API description. */
export type {
  Affinity,
  Container,
  ContainerPort,
  EnvFromSource,
  EnvVar,
  Lifecycle,
  LocalObjectReference,
  PodDNSConfig,
  PodSecurityContext,
  ResourceClaim,
  SecurityContext,
  ServicePort,
  Toleration,
  Volume,
  VolumeMount,
} from 'kubernetes-types/core/v1';
export type { ObjectMeta } from 'kubernetes-types/meta/v1';

/** The newest Kubernetes whose fields and rules are known here; the tests hold both to its own code. */
export const KUBERNETES_VERSION = '1.36';
