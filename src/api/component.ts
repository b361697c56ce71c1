import type { Container, EnvFromSource, EnvVar, SecurityContext, Volume, VolumeMount } from './kubernetes.ts';
import type { PodSettings } from './pod.ts';
import type { ServerProbe } from './probe.ts';
import type { Resources } from './resources.ts';
import type { DNSName, Image, Int32, Int64, Tag } from './scalars.ts';

/** What every component has. */
export interface ComponentSpec extends PodSettings, Resources {
  /** Additional containers, or changes to generated containers with the same name. */
  additionalContainers?: Container[];
  /** Mounts to add to the server's container. */
  additionalVolumeMounts?: VolumeMount[];
  /** Volumes to add to the pods. */
  additionalVolumes?: Volume[];
  /** Whether pods get a token for the Kubernetes API. */
  automountServiceAccountToken?: boolean;
  /** Environment variables of the server's container. */
  env?: EnvVar[];
  /** ConfigMaps and Secrets whose entries become environment variables. */
  envFrom?: EnvFromSource[];
  /** Full image of the server, tag included; overrides `baseImage` and `version`. */
  image?: Image;
  /** Containers that run before the server starts. */
  initContainers?: Container[];
  /** How Kubernetes checks whether the server is ready. */
  readinessProbe?: ServerProbe;
  /** Security settings of the server's container. */
  securityContext?: SecurityContext;
  /** Seconds that the server has to stop before it is killed. */
  terminationGracePeriodSeconds?: Int64;
  /** Version of the server, such as `v8.5.7`; the tag of `baseImage`. */
  version?: Tag;
}

/** What every component that runs as a StatefulSet has. */
export interface ServerSpec extends ComponentSpec {
  /**
   * Number of servers.
   * @minimum 0
   */
  replicas: Int32;
  /** Service account of the pods. */
  serviceAccount?: DNSName;
}

/** How many servers may be added or removed at once. */
export interface ScalePolicy {
  /**
   * Servers to remove at once.
   * @default 1
   */
  scaleInParallelism?: Int32;
  /**
   * Servers to add at once.
   * @default 1
   */
  scaleOutParallelism?: Int32;
}

/** How the operator recovers servers after a failover. */
export interface Failover {
  /** Recovers the failover of this UID, as the status shows it. */
  recoverByUID?: string;
}
