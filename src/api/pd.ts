import type { ServerSpec } from './component.ts';
import type { Config, DNSName, ImageName, Int32, Integer } from './scalars.ts';
import type { ServiceSpec } from './service.ts';
import type { StorageVolume } from './storage.ts';

/** What PD and its microservices share. */
export interface PDServerSpec extends ServerSpec {
  /**
   * Image of the server without its tag.
   * @default pingcap/pd
   */
  baseImage?: ImageName;
  /** PD's configuration: TOML text, or the same as a map. */
  config?: Config;
  /**
   * How many servers the operator may start in place of failed ones; 0 turns that off.
   * @minimum 0
   */
  maxFailoverCount?: Int32;
  /** Whether the cluster's client certificate is mounted into the pods. */
  mountClusterClientSecret?: boolean;
  /** The Service of the servers. */
  service?: ServiceSpec;
  /**
   * Seconds that the start script waits for the server's name to resolve.
   * @default 30
   */
  startTimeout?: Integer;
  /** Version of the start script. */
  startUpScriptVersion?: '' | 'v1';
  /** Storage class of the data volume. */
  storageClassName?: DNSName;
  /** More volumes for each pod. */
  storageVolumes?: StorageVolume[];
  /** Secret with the certificate by which the dashboard reaches TiDB. */
  tlsClientSecretName?: DNSName;
  /** Class of volume attributes of the data volume. */
  volumeAttributesClassName?: DNSName;
}

/** PD, which places data and allocates timestamps. */
export interface PDSpec extends PDServerSpec {
  /** Directory for the data inside its volume. */
  dataSubDir?: string;
  /** Whether the dashboard is reached through PD's own address. */
  enableDashboardInternalProxy?: boolean;
  /**
   * Seconds that the start script waits before it first looks up the server's name.
   * @default 0
   */
  initWaitTime?: Integer;
  /** `ms` runs PD as microservices, which `spec.pdms` lists. */
  mode?: '' | 'ms';
  /**
   * Servers to keep on hand while volumes are replaced.
   * @minimum 0
   */
  spareVolReplaceReplicas?: Int32;
}
