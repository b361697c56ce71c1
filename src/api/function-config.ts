import type { Resource } from './resource.ts';
import type { Integer } from './scalars.ts';

export type GroupsVersion = 'groups.pingcap.com/v1alpha1';

/** What groups come out as: plain workloads, or TidbClusters for TiDB Operator to run. */
export type GroupOutput = 'TidbCluster' | 'Workloads';

/** Settings of the function. */
export interface ExpandTidbGroupsSpec {
  /**
   * Whether a TidbMonitor that watches a TidbCluster comes to watch its groups too, where they come out as TidbClusters.
   * @default true
   */
  addToMonitors?: boolean;
  /**
   * Whether each component's `config` in a TidbCluster becomes the text that TiDB Operator would write back in its place.
   * Left open, it does where what comes out is not the source, and does not where items are written back to their files,
   * as in a kpt package.
   */
  canonicalConfig?: boolean;
  /**
   * Whether the labels and annotations of a group go to the StatefulSet, Services and ConfigMap that it comes to, into
   * their own metadata. Those that tools and TiDB Operator keep for a resource of its own do not.
   * @default true
   */
  copyMetadata?: boolean;
  /**
   * Whether a group's StatefulSet names what must be ready before it, for kpt: `config.kubernetes.io/depends-on`.
   * @default true
   */
  dependsOn?: boolean;
  /**
   * Whether a render that finds what an earlier one made refuses dangerous changes of it that nobody has confirmed.
   * @default true
   */
  guard?: boolean;
  /**
   * What groups come out as: StatefulSets, Services and ConfigMaps, or TidbClusters, which TiDB Operator v1 runs.
   * @default Workloads
   */
  output?: GroupOutput;
  /**
   * Whether what runs stores, and a TidbCluster that groups join, carries what keeps Argo CD, Flux and kpt from deleting
   * it where it is no longer rendered.
   * @default true
   */
  protectStores?: boolean;
  /**
   * Whether warnings keep a render from coming out, as errors do.
   * @default false
   */
  strict?: boolean;
  /**
   * Whether what groups come to is in an order, for Argo CD: `argocd.argoproj.io/sync-wave`. Left open, it is; only with
   * true a comparison counts on an engine that waits for each wave, and takes it for safe that stores restart in turn.
   */
  syncWaves?: boolean;
  /**
   * The sync wave of TiDBGroups, counted from that of their TidbCluster; if that is not past its groups of PD and stores,
   * the first that is. TiCDCGroups have the next.
   * @default 10
   */
  tidbWave?: Integer;
  /**
   * The sync wave of the first group of PD, TiFlash or TiKV, counted from that of its TidbCluster. Each further one has the
   * next: in this order, and by name.
   * @default 1
   */
  tikvWave?: Integer;
}

/** The function's config. */
export interface ExpandTidbGroups extends Resource<GroupsVersion, 'ExpandTidbGroups'> {
  /** Settings of the function. */
  spec?: ExpandTidbGroupsSpec;
}

/** The function's config where it shall only validate, as a kustomize validator does. */
export interface ValidateTidbGroups extends Resource<GroupsVersion, 'ValidateTidbGroups'> {
  /** Settings of the function. */
  spec?: ExpandTidbGroupsSpec;
}
