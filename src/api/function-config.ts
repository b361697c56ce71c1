import type { CertificatesSpec } from './certificates.ts';
import type { MonitoringSpec } from './monitoring.ts';
import type { Resource } from './resource.ts';
import type { Duration, Image, Integer } from './scalars.ts';

export const CONFIG_API_VERSION = 'groups.pingcap.com/v1alpha1';
export type GroupsVersion = typeof CONFIG_API_VERSION;
export const CONFIG_KIND = 'ExpandTidbGroups';
/** With a config of this kind the function only validates. */
export const VALIDATOR_KIND = 'ValidateTidbGroups';

/** How groups are rendered: as plain workloads, or as TidbClusters for TiDB Operator to run. */
export type GroupOutput = 'TidbCluster' | 'Workloads';

/** Whether servers are rendered so that a rolling update waits for each of them, or as TiDB Operator would. */
export type Rollout = 'Plain' | 'Safe';

export const ROLLOUTS: readonly Rollout[] = ['Plain', 'Safe'];

/** Who applies a drain Job first, and the StatefulSet once the Job is complete. */
export type DrainEngine = 'ArgoCD' | 'Flux';

/** How a Job moves the data off stores that are to go, before their StatefulSet gets fewer replicas. */
export type DrainSpec = {
  /**
   * Whether Kubernetes deletes the claims of stores that go, and their data with them, once `replicas` is lowered. A claim
   * that stays must be deleted before the group is scaled out again. Needs Kubernetes 1.27.
   * @default false
   */
  deleteClaims?: boolean;
  /**
   * Whether each TiKVGroup has such a Job whose annotation `groups.pingcap.com/drain` says nothing. By default those have
   * one that are rendered `Safe`.
   */
  enabled?: boolean;
  /**
   * Which engine waits for the Job before it applies the StatefulSet: `ArgoCD` by its sync waves, `Flux` by Kustomizations
   * that are set up for it. Default: `ArgoCD` where `syncWaves` is true, otherwise none; `diff` then takes fewer replicas
   * for dangerous.
   */
  engine?: DrainEngine;
  /** The image of the Job, which must have a shell, curl and jq. Default: that of PD in the TidbCluster. */
  image?: Image;
  /** After how long the Job fails. By default it takes as long as the data takes to move. */
  timeout?: Duration;
};

/** Settings of the function. */
export interface ExpandTidbGroupsSpec {
  /**
   * Whether a TidbMonitor that watches a TidbCluster also watches its groups, if they are rendered as TidbClusters.
   * @default true
   */
  addToMonitors?: boolean;
  /**
   * Whether each component's `config` in a TidbCluster becomes the text that TiDB Operator would write back in its
   * place. By default it does if the output is not the source, and does not if items are written back to their files,
   * as in a kpt package.
   */
  canonicalConfig?: boolean;
  /**
   * How cert-manager makes the certificates that TidbClusters and groups with TLS mount. Without it none are rendered, and
   * their Secrets must come from elsewhere.
   */
  certificates?: CertificatesSpec;
  /**
   * Whether the labels and annotations of a group are copied to the metadata of its StatefulSet, Services and
   * ConfigMap. Those that tools and TiDB Operator keep per resource are not.
   * @default true
   */
  copyMetadata?: boolean;
  /**
   * Whether a group's StatefulSet names what must be ready before it, for kpt: `config.kubernetes.io/depends-on`.
   * @default true
   */
  dependsOn?: boolean;
  /** How a Job moves the data off stores of TiKVGroups that are to go. Groups that are rendered as TidbClusters have none. */
  drain?: DrainSpec;
  /**
   * Whether PodDisruptionBudgets are rendered: one over the stores of a TidbCluster and its groups, and one for each group of
   * SQL servers. By default they are for groups that are rendered `Safe`, where TiDB Operator does not run these.
   */
  disruptionBudgets?: boolean;
  /**
   * Whether a render that finds an earlier one refuses dangerous changes to it that nobody has confirmed.
   * @default true
   */
  guard?: boolean;
  /** How Prometheus finds the servers of each TidbCluster that has groups, and of these. By default nothing is rendered for it. */
  monitoring?: MonitoringSpec;
  /**
   * How groups are rendered: as StatefulSets, Services and ConfigMaps, or as TidbClusters, which TiDB Operator v1 runs.
   * @default Workloads
   */
  output?: GroupOutput;
  /**
   * Whether annotations stop Argo CD, Flux and kpt from deleting what runs stores, and a TidbCluster that groups join,
   * when it is no longer rendered.
   * @default true
   */
  protectStores?: boolean;
  /**
   * How TiKVGroups and TiDBGroups are rendered whose annotation `groups.pingcap.com/rollout` says nothing: `Plain`, as TiDB
   * Operator would render them, or `Safe`, with probes, hooks and time for each server to start and stop, so that a
   * rolling update waits for them. By default they are `Safe`, except for groups that an earlier render wrote otherwise,
   * where this one overwrites that: they would restart. Groups that are rendered as TidbClusters stay as they are.
   */
  rollout?: Rollout;
  /**
   * Whether a render fails on warnings, as it does on errors.
   * @default false
   */
  strict?: boolean;
  /**
   * Whether groups are ordered for Argo CD: `argocd.argoproj.io/sync-wave`. By default they are. Only with an explicit
   * true, `drain.engine: ArgoCD`, or a wave that somebody wrote does `diff` assume that the engine waits for each wave, so
   * that stores restart one group after another.
   */
  syncWaves?: boolean;
  /**
   * The sync wave of TiDBGroups, relative to that of their TidbCluster. If it is not after its groups of PD and stores,
   * the first
   * wave that is. TiCDCGroups have the next.
   * @default 10
   */
  tidbWave?: Integer;
  /**
   * The sync wave of the first group of PD, TiFlash or TiKV, relative to that of its TidbCluster. Each following one has the
   * next: in this order, and by name.
   * @default 1
   */
  tikvWave?: Integer;
}

/** The function config. */
export interface ExpandTidbGroups extends Resource<GroupsVersion, 'ExpandTidbGroups'> {
  /** Settings of the function. */
  spec?: ExpandTidbGroupsSpec;
}

/** The function config to validate only, as a kustomize validator. */
export interface ValidateTidbGroups extends Resource<GroupsVersion, 'ValidateTidbGroups'> {
  /** Settings of the function. */
  spec?: ExpandTidbGroupsSpec;
}
