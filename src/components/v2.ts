import type { GroupSpec, PodSettings, ServerSpec } from '../api/index.ts';
import { clientCertificate, readOnlyMount, secretVolume } from '../expand/index.ts';
import type { Path } from '../problem/index.ts';
import type { Value } from '../yaml/index.ts';
import type { Draft, Fields } from '../yaml-write/draft.ts';

/** What becomes of a field in TiDB Operator v2. */
export type Rule =
  /** A field with the same value in `template.spec` of the group, or in the Cluster. */
  | { readonly to: string }
  /** A field of the pod, in the overlay. */
  | { readonly pod: string }
  /** A field of the server's container, in the overlay. */
  | { readonly server: string }
  /** It has no counterpart: what to know of that, or ''. A value that says what v2 does anyway is not reported. */
  | { readonly lost: string; readonly unless?: Value }
  /** It becomes something else, by code of its own: what, in words. */
  | { readonly by: string };

/** A rule for each field of a type; the compiler names a field that has none. */
export type Rules<Spec> = { readonly [Field in keyof Required<Spec>]: Rule };

/** The fields that groups of a component have, or its sections too, and others do not have. */
export type Own<Spec> = Omit<Spec, keyof ServerSpec | keyof GroupSpec>;

/** What is known of a component in TiDB Operator v2. */
export interface InV2 {
  readonly rules: { readonly [field: string]: Rule };
  /** For each of its configs, the field that takes it, and the keys that v2 sets itself and refuses. */
  readonly configs: readonly { readonly to: string; readonly refused: readonly string[] }[];
  /** Its data volume. Absent if it has none. */
  readonly data?: {
    /** Where the size and the classes of it stand. */
    readonly at: Path;
    /** Where v1 mounts it, if v2 does that elsewhere. */
    readonly mountPath?: string;
  };
  /** Whether labels of its servers are a field, and refused in its config. */
  readonly hasLabels?: true;
  /** Whether v1 sets its time zone. */
  readonly hasTimezone?: true;
  /** The probe that v2 makes: of the type that is written, of its own, or none, so that a port has to be probed. */
  readonly probe: 'typed' | 'own' | number;
  /** Containers of v1 that print logs, into which an added one of that name would be merged. */
  logContainers?(group: GroupInV2): string[];
  /** What else its fields become, those with `by`. */
  convert?(group: GroupInV2): void;
}

/** What a container may use, each only where there is something: v2's short form, where requests and limits are alike. */
export interface ResourcesInV2 {
  readonly short: Fields | undefined;
  readonly overlay: Fields | undefined;
}

/** A group on its way to v2, as a component sees it. */
export interface GroupInV2 {
  readonly name: string;
  readonly clusterName: string;
  /** Whether the servers of the cluster talk TLS to each other. */
  readonly clusterTls: boolean;
  /** A setting of its own; undefined where it is null, or an empty text or list. */
  value(...path: Path): Value | undefined;
  /** The same with the lines that it was written in. */
  take(...path: Path): Draft | undefined;
  /** Both of the TidbCluster that it is a section of, or joins. */
  ofCluster(...path: Path): Value | undefined;
  takeOfCluster(...path: Path): Draft | undefined;
  /** Whether it is a section of that, and not a group. */
  readonly isSection: boolean;
  /** Sets a field of `template.spec`, if there is a value. */
  set(path: readonly string[], value: Draft | undefined): void;
  /** The same of the pod and of the server's container, in the overlay. */
  setInPod(path: readonly string[], value: Draft | undefined): void;
  setInServer(path: readonly string[], value: Draft | undefined): void;
  /** Adds to a list of the pod: `volumes`, `initContainers`. */
  addToPod(list: string, item: Draft): void;
  addToServer(list: string, item: Draft): void;
  /** Sets a key of its first config, whatever that says. The comments of the field that says it stand above the config. */
  setConfig(key: string, value: string | boolean, field?: string): void;
  /** Sets a key of its first config where that does not. */
  setConfigDefault(key: string, value: number): void;
  /** What a container may use, of a field such as `slowLogTailer`. */
  resources(...at: Path): ResourcesInV2;
  /** Reports a field that has no counterpart. */
  lost(path: Path, why: string): void;
  /** Reports a field that means something else in v2: how it does. */
  changed(path: Path, how: string): void;
}

/** Settings that a group has, or its cluster for all. */
export const POD_SETTINGS: Rules<PodSettings> = {
  affinity: { pod: 'affinity' },
  annotations: { by: '`spec.template.metadata.annotations`' },
  configUpdateStrategy: {
    by: '`updateStrategy.config`: `Restart`, or `HotReload` for `InPlace`, the default of v1',
  },
  dnsConfig: { pod: 'dnsConfig' },
  dnsPolicy: { pod: 'dnsPolicy' },
  hostNetwork: { pod: 'hostNetwork' },
  imagePullPolicy: { server: 'imagePullPolicy' },
  imagePullSecrets: { pod: 'imagePullSecrets' },
  labels: { by: '`spec.template.metadata.labels`' },
  nodeSelector: { by: '`nodeSelector` of the pod, in the overlay' },
  podManagementPolicy: { lost: 'there are no StatefulSets' },
  podSecurityContext: { pod: 'securityContext' },
  priorityClassName: { pod: 'priorityClassName' },
  schedulerName: { pod: 'schedulerName' },
  statefulSetUpdateStrategy: { lost: 'there are no StatefulSets' },
  suspendAction: { by: '`suspendAction.suspendCompute` of the Cluster; none of a group' },
  tolerations: { pod: 'tolerations' },
  topologySpreadConstraints: {
    by: '`topologySpreadConstraints` of the pod, in the overlay, with the labels of v2',
  },
};

/** What every server has of its own. */
export const SERVER: Rules<Omit<ServerSpec, keyof PodSettings>> = {
  additionalContainers: { by: '`containers` of the pod, in the overlay' },
  additionalVolumeMounts: { by: '`volumeMounts` of the container, in the overlay' },
  additionalVolumes: { by: '`volumes` of the pod, in the overlay' },
  automountServiceAccountToken: { pod: 'automountServiceAccountToken' },
  claims: { by: '`resources.claims` of the container, in the overlay' },
  env: { by: '`env` of the container, in the overlay' },
  envFrom: { server: 'envFrom' },
  image: { by: '`image`, where there is no version; its tag is the version then' },
  initContainers: { by: '`initContainers` of the pod, in the overlay' },
  limits: { by: '`resources`, or the same of the container, in the overlay, where requests differ' },
  readinessProbe: { by: '`probes.readiness`, and `readinessProbe` of the container, in the overlay' },
  replicas: { by: '`spec.replicas`' },
  requests: { by: '`resources`, as `limits`; `storage` is the size of the volume `data`' },
  securityContext: { server: 'securityContext' },
  serviceAccount: { pod: 'serviceAccountName' },
  terminationGracePeriodSeconds: { by: '`terminationGracePeriodSeconds` of the pod, in the overlay' },
  version: { by: '`version`' },
};

const NO_FAILOVER = 'it starts no servers in place of failed ones';
const NO_SCALING = 'its groups have no such limit';

/** Rules that several components have. */
export const LOST = {
  failover: { lost: NO_FAILOVER },
  scalePolicy: { lost: NO_SCALING },
  service: {
    lost: 'its Service is of type ClusterIP and cannot be changed; write one of your own that selects `pingcap.com/cluster`, `pingcap.com/component` and `pingcap.com/group`',
    unless: { type: 'ClusterIP' },
  },
} as const satisfies { readonly [name: string]: Rule };

/** The same of where they become something else. */
export const BY = {
  baseImage: { by: '`image`, to which v2 adds the version' },
  clientSecret: { by: 'a volume of the pod, in the overlay, where the cluster has TLS' },
  config: { by: '`config`, as TOML' },
  dataClass: { by: '`volumes`: the class of `data`' },
  dataSubDir: { by: '`volumes`: `subPath` of `data`' },
  privileged: { by: '`securityContext` of the container, in the overlay' },
  storageVolumes: { by: '`volumes`' },
  volumeClass: { by: '`volumes`: the class of those that have none' },
  zones: { by: '`spec.schedulePolicies`: one group, spread over the zones' },
} as const satisfies { readonly [name: string]: Rule };

/** The certificate by which the servers of a cluster are asked, where the pods are to have it. */
export function mountClientSecret(group: GroupInV2): void {
  if (group.value('mountClusterClientSecret') !== true) return;
  if (!group.clusterTls) {
    group.lost(['mountClusterClientSecret'], 'the cluster has no TLS');
    return;
  }
  const { volume, path, secret } = clientCertificate(group.clusterName);
  group.addToPod('volumes', secretVolume(volume, secret));
  group.addToServer('volumeMounts', readOnlyMount(volume, path));
}
