import type { PingCAPVersion, Resource } from './resource.ts';

/** A reference by name, whatever else it holds. */
export interface ClusterRef {
  /** Name of the TidbCluster. */
  name?: string;
  /** Namespace of the TidbCluster; the resource's own where none is given. */
  namespace?: string;
  [field: string]: unknown;
}

export interface TidbMonitorSpec {
  /** The TidbClusters to watch. */
  clusters?: ClusterRef[];
  [field: string]: unknown;
}

/** Watches TidbClusters. Only what names them is looked at. */
export interface TidbMonitor extends Resource<PingCAPVersion, 'TidbMonitor'> {
  /** What the monitor should be. */
  spec?: TidbMonitorSpec;
  [field: string]: unknown;
}

/** How BR backs up a TidbCluster. */
export interface BackupBR {
  /** Name of the TidbCluster. */
  cluster?: string;
  /** Namespace of the TidbCluster; the resource's own where none is given. */
  clusterNamespace?: string;
  [field: string]: unknown;
}

export interface BackupSpec {
  /** How BR backs up the TidbCluster. */
  br?: BackupBR;
  [field: string]: unknown;
}

/** Saves the data of a TidbCluster. Only what names the cluster is looked at. */
export interface Backup extends Resource<PingCAPVersion, 'Backup'> {
  /** What to save. */
  spec?: BackupSpec;
  [field: string]: unknown;
}

export interface TidbInitializerSpec {
  /** The TidbCluster to set up. */
  cluster?: ClusterRef;
  [field: string]: unknown;
}

/** Sets up a new TidbCluster. Only what names the cluster is looked at. */
export interface TidbInitializer extends Resource<PingCAPVersion, 'TidbInitializer'> {
  /** What to set up. */
  spec?: TidbInitializerSpec;
  [field: string]: unknown;
}
