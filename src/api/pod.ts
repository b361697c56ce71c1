import type {
  Affinity,
  LocalObjectReference,
  PodDNSConfig,
  PodSecurityContext,
  Toleration,
} from './kubernetes.ts';
import type { Annotations, DNSName, Int32, LabelKey, Labels } from './scalars.ts';

export type ImagePullPolicy = 'Always' | 'IfNotPresent' | 'Never';
export type DNSPolicy = 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';
export type ConfigUpdateStrategy = 'InPlace' | 'RollingUpdate';
export type StatefulSetUpdateStrategy = 'OnDelete' | 'RollingUpdate';
export type PodManagementPolicy = 'OrderedReady' | 'Parallel';
export type NodeInclusionPolicy = 'Honor' | 'Ignore';

/** How pods spread over zones, nodes or other parts of the cluster. */
export interface TopologySpreadConstraint {
  /** Node label whose values are the parts to spread over, such as `topology.kubernetes.io/zone`. */
  topologyKey: LabelKey;
  /** Additional labels of the pods that count, beyond those of the component. */
  matchLabels?: Labels;
  /**
   * How many more pods one part may have than another.
   * @default 1
   * @minimum 0
   */
  maxSkew?: Int32;
  /**
   * How many parts there must be before pods may be spread unevenly.
   * @minimum 1
   */
  minDomains?: Int32;
  /** Whether nodes that the pods' node selector excludes count (`Ignore`) or not (`Honor`). */
  nodeAffinityPolicy?: NodeInclusionPolicy;
}

/** What to stop without deleting data. */
export interface SuspendAction {
  /** Whether to stop all pods and keep their volumes. */
  suspendStatefulSet?: boolean;
}

/** Settings of pods: the cluster's apply to all its components, and a component's own override them. */
export interface PodSettings {
  /** Where pods may or should run, relative to nodes and to other pods. */
  affinity?: Affinity;
  /** Annotations of the pods. */
  annotations?: Annotations;
  /** `RollingUpdate` restarts the pods when the config changes; `InPlace` waits for the next restart. */
  configUpdateStrategy?: ConfigUpdateStrategy;
  /** Name servers and search domains of the pods. */
  dnsConfig?: PodDNSConfig;
  /** How pods resolve names. */
  dnsPolicy?: DNSPolicy;
  /** Whether pods use the network of their node. */
  hostNetwork?: boolean;
  /** When the node fetches the image. */
  imagePullPolicy?: ImagePullPolicy;
  /** Secrets with which images are fetched. */
  imagePullSecrets?: LocalObjectReference[];
  /** Additional labels of the pods. */
  labels?: Labels;
  /** Labels that a node must have to run the pods. */
  nodeSelector?: Labels;
  /** `Parallel` starts all pods at once, `OrderedReady` one after another. */
  podManagementPolicy?: PodManagementPolicy;
  /** Security settings of all containers of the pods. */
  podSecurityContext?: PodSecurityContext;
  /** Priority class of the pods. */
  priorityClassName?: DNSName;
  /** Scheduler that places the pods. */
  schedulerName?: string;
  /** How pods are replaced: by themselves (`RollingUpdate`) or only once deleted (`OnDelete`). */
  statefulSetUpdateStrategy?: StatefulSetUpdateStrategy;
  /** What to stop without deleting data. */
  suspendAction?: SuspendAction;
  /** Taints of nodes that the pods tolerate. */
  tolerations?: Toleration[];
  /** How pods spread over zones, nodes or other parts of the cluster. */
  topologySpreadConstraints?: TopologySpreadConstraint[];
}
