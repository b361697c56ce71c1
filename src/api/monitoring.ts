import type { Int32, Labels } from './scalars.ts';

/** What tells Prometheus where the servers are. */
export type MonitoringKind = 'ConfigMap' | 'PodMonitor';

/**
 * How Prometheus finds the servers of a TidbCluster and of its groups. Both kinds give the servers of all of them one label
 * `tidb_cluster`, as TidbMonitor gives it to those of one TidbCluster: the namespace and the name of the TidbCluster.
 */
export type MonitoringSpec = {
  /**
   * How often Prometheus asks each server, in seconds. The dashboards of TiDB look at the last minute, so more than half a
   * minute leaves gaps in them.
   * @minimum 1
   * @default 15
   */
  intervalSeconds?: Int32;
  /**
   * What is rendered for each TidbCluster that has groups: a PodMonitor, which Prometheus Operator reads, or a ConfigMap with
   * a file for `scrape_config_files`, which Prometheus reads since 2.43.
   */
  kind: MonitoringKind;
  /** Labels of what is rendered. Prometheus Operator finds PodMonitors by those that its `podMonitorSelector` names. */
  labels?: Labels;
  /**
   * The directory in which Prometheus has Secrets, each in a directory of its name. Only for a ConfigMap, where the servers
   * speak TLS.
   * @default /etc/prometheus/secrets
   */
  secretsDirectory?: AbsolutePath;
};

/**
 * @format absolute-path
 */
export type AbsolutePath = string;
