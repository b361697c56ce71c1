import type { PingCAPVersion, Resource } from './resource.ts';

/** A reference by name, whatever else it holds. */
export interface ClusterRef {
  /** Name of the TidbCluster. */
  name?: string;
  /** Namespace of the TidbCluster; default: the resource's own. */
  namespace?: string;
  [field: string]: unknown;
}

export interface TidbMonitorSpec {
  /** The TidbClusters to watch. */
  clusters?: ClusterRef[];
  [field: string]: unknown;
}

/** Watches TidbClusters. Only the references are read. */
export interface TidbMonitor extends Resource<PingCAPVersion, 'TidbMonitor'> {
  /** What the monitor should be. */
  spec?: TidbMonitorSpec;
  [field: string]: unknown;
}

/** How BR backs up a TidbCluster. */
export interface BackupBR {
  /** Name of the TidbCluster. */
  cluster?: string;
  /** Namespace of the TidbCluster; default: the resource's own. */
  clusterNamespace?: string;
  [field: string]: unknown;
}

export interface BackupSpec {
  /** How BR backs up the TidbCluster. */
  br?: BackupBR;
  [field: string]: unknown;
}

/** Saves the data of a TidbCluster. Only the reference to the cluster is read. */
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

/** Sets up a new TidbCluster. Only the reference to the cluster is read. */
export interface TidbInitializer extends Resource<PingCAPVersion, 'TidbInitializer'> {
  /** What to set up. */
  spec?: TidbInitializerSpec;
  [field: string]: unknown;
}
