/** A part of a status whose shape does not matter here. */
export type Open = { [field: string]: unknown };

export interface ClusterStatus {
  [field: string]: unknown;
}

/** What every component reports; accepted because people paste live resources into repositories, and never rendered. */
export interface ComponentStatus {
  /** Conditions of the component. */
  conditions?: Open[];
  /** Image that the servers run. */
  image?: string;
  /** What the component is doing: `Normal`, `Upgrade`, `Scale` or `Suspend`. */
  phase?: string;
  /** Status of the StatefulSet. */
  statefulSet?: Open;
  /** Volumes of the servers, by name. */
  volumes?: Open;
  [field: string]: unknown;
}

/** What TiKV reports. */
export interface TiKVStatus extends ComponentStatus {
  /** Whether the first stores have joined. */
  bootStrapped?: boolean;
  /** Stores whose leaders are being moved away, by pod. */
  evictLeader?: Open;
  /** Which failover is going on. */
  failoverUID?: string;
  /** Failed stores, by id. */
  failureStores?: Open;
  /** Stores of other resources in the same cluster, by id. */
  peerStores?: Open;
  /** Stores, by id. */
  stores?: Open;
  /** Whether the status could be read from PD. */
  synced?: boolean;
  /** Stores that have been removed, by id. */
  tombstoneStores?: Open;
}

/** What TiDB reports. */
export interface TiDBStatus extends ComponentStatus {
  /** Failed servers, by pod. */
  failureMembers?: Open;
  /** Servers, by pod. */
  members?: Open;
  /** Whether the root user's password has been set. */
  passwordInitialized?: boolean;
}
