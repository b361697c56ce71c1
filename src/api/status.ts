/** A part of a status whose shape does not matter here. */
export type Open = { [field: string]: unknown };

export interface ClusterStatus {
  [field: string]: unknown;
}

/** What every component reports; accepted where a live resource is pasted into a repository, and never rendered. */
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

/** What components with stores report. */
export interface StoresStatus extends ComponentStatus {
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
  /** Stores that have been taken out, by id. */
  tombstoneStores?: Open;
}

/** What TiKV reports. */
export interface TiKVStatus extends StoresStatus {
  /** Whether the first stores have joined. */
  bootStrapped?: boolean;
  /** Stores whose leaders are being moved away, by pod. */
  evictLeader?: Open;
}

/** What TiFlash reports. */
export interface TiFlashStatus extends StoresStatus {}

/** What TiDB reports. */
export interface TiDBStatus extends ComponentStatus {
  /** Failed servers, by pod. */
  failureMembers?: Open;
  /** Servers, by pod. */
  members?: Open;
  /** Whether the root user's password has been set. */
  passwordInitialized?: boolean;
}

/** What TiProxy reports. */
export interface TiProxyStatus extends ComponentStatus {
  /** Servers, by pod. */
  members?: Open;
  /** Whether the status could be read from the servers. */
  synced?: boolean;
}

/** What PD reports. */
export interface PDStatus extends ComponentStatus {
  /** Failed members, by pod. */
  failureMembers?: Open;
  /** The member that leads. */
  leader?: Open;
  /** Members, by pod. */
  members?: Open;
  /** Members of other resources in the same cluster, by name. */
  peerMembers?: Open;
  /** Whether the status could be read from PD. */
  synced?: boolean;
  /** Pods that have not joined yet, by name. */
  unjoinedMembers?: Open;
  /** Whether volumes are being replaced. */
  volReplaceInProgress?: boolean;
}

/** What TiCDC reports. */
export interface TiCDCStatus extends ComponentStatus {
  /** Servers, by pod. */
  captures?: Open;
  /** Whether the status could be read from the servers. */
  synced?: boolean;
}
