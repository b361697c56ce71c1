import type { Container, EnvFromSource, EnvVar, SecurityContext, Volume, VolumeMount } from './kubernetes.ts';
import type { PodSettings } from './pod.ts';
import type { ServerProbe } from './probe.ts';
import type { Resources } from './resources.ts';
import type { DNSName, Image, Int32, Int64, Tag } from './scalars.ts';

/** What every component has. */
export interface ComponentSpec extends PodSettings, Resources {
  /** Containers beside the server, or changes to its containers where the name is the same. */
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
  /** Whole image of the server, tag included; wins over `baseImage` and `version`. */
  image?: Image;
  /** Containers that run before the server starts. */
  initContainers?: Container[];
  /** How Kubernetes asks the server whether it can serve. */
  readinessProbe?: ServerProbe;
  /** Rights of the server's container. */
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

/** How many servers may come or go at once. */
export interface ScalePolicy {
  /**
   * Servers to take away at once.
   * @default 1
   */
  scaleInParallelism?: Int32;
  /**
   * Servers to add at once.
   * @default 1
   */
  scaleOutParallelism?: Int32;
}

/** How the operator brings back what it failed over. */
export interface Failover {
  /** Recovers the failover of this UID, as the status shows it. */
  recoverByUID?: string;
}
