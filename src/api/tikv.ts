import type { Failover, ScalePolicy, ServerSpec } from './component.ts';
import type { SidecarSpec } from './resources.ts';
import type { Config, DNSLabel, DNSName, Duration, ImageName, Int32, LabelKey } from './scalars.ts';
import type { StorageVolume } from './storage.ts';

/** TiKV, which stores rows. */
export interface TiKVSpec extends ServerSpec {
  /**
   * Image of the server without its tag.
   * @default pingcap/tikv
   */
  baseImage?: ImageName;
  /** TiKV's configuration: TOML text, or the same as a map. */
  config?: Config;
  /** Directory for the data inside its volume. */
  dataSubDir?: string;
  /** Whether the status port has a name in the pod and in the Service. */
  enableNamedStatusPort?: boolean;
  /** How long to wait for leaders to move away before a store restarts, such as `1500m`. */
  evictLeaderTimeout?: Duration;
  /** How the operator recovers servers after a failover. */
  failover?: Failover;
  /** Resources and security settings of the containers that print separate logs. */
  logTailer?: SidecarSpec;
  /**
   * How many servers the operator may start in place of failed ones; 0 turns that off.
   * @minimum 0
   */
  maxFailoverCount?: Int32;
  /** Whether the cluster's client certificate is mounted into the pods. */
  mountClusterClientSecret?: boolean;
  /** Whether the server's container is privileged. */
  privileged?: boolean;
  /** Volume for Raft's log where `separateRaftLog` is set; one of `storageVolumes` or `additionalVolumes`. */
  raftLogVolumeName?: DNSLabel;
  /** Whether servers that were started in place of failed ones are removed once these are back. */
  recoverFailover?: boolean;
  /** Volume for RocksDB's log where `separateRocksDBLog` is set; one of `storageVolumes` or `additionalVolumes`. */
  rocksDBLogVolumeName?: DNSLabel;
  /** How many servers may be added or removed at once. */
  scalePolicy?: ScalePolicy;
  /** Whether Raft's log is printed by a separate container. */
  separateRaftLog?: boolean;
  /** Whether RocksDB's log is printed by a separate container. */
  separateRocksDBLog?: boolean;
  /**
   * Servers to keep on hand while volumes are replaced.
   * @minimum 0
   */
  spareVolReplaceReplicas?: Int32;
  /** Storage class of the data volume. */
  storageClassName?: DNSName;
  /** More volumes for each pod. */
  storageVolumes?: StorageVolume[];
  /** Keys of node labels that the operator copies to the stores. */
  storeLabels?: LabelKey[];
  /** Class of volume attributes of the data volume. */
  volumeAttributesClassName?: DNSName;
  /** How long to wait for leaders to come back after a store restarted, such as `400s`. */
  waitLeaderTransferBackTimeout?: Duration;
}
