import type { Resource } from './resource.ts';

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
   * Whether warnings keep a render from coming out, as errors do.
   * @default false
   */
  strict?: boolean;
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
