import type { Failover, ScalePolicy, ServerSpec } from './component.ts';
import type { Resources, SidecarSpec } from './resources.ts';
import type { Config, DNSName, ImageName, Int32 } from './scalars.ts';

/** A data volume of TiFlash. */
export interface StorageClaim {
  /** Size of the volume, as `requests.storage`. */
  resources?: Resources;
  /** Storage class of the volume. */
  storageClassName?: DNSName;
  /** Class of volume attributes of the volume. */
  volumeAttributesClassName?: DNSName;
}

/** TiFlash's two configurations. */
export interface TiFlashConfig {
  /** Configuration of TiFlash itself: TOML text, or the same as a map. */
  config?: Config;
  /** Configuration of its TiKV proxy: TOML text, or the same as a map. */
  proxy?: Config;
}

/** TiFlash, which stores columns. */
export interface TiFlashSpec extends ServerSpec {
  /**
   * Image of the server without its tag.
   * @default pingcap/tiflash
   */
  baseImage?: ImageName;
  /** Configuration of TiFlash and of its proxy. */
  config?: TiFlashConfig;
  /** How the operator recovers servers after a failover. */
  failover?: Failover;
  /** Resources and security settings of the container that prepares the configuration. */
  initializer?: SidecarSpec;
  /** Resources and security settings of the containers that print the logs. */
  logTailer?: SidecarSpec;
  /**
   * How many servers the operator may start in place of failed ones; 0 turns that off.
   * @minimum 0
   */
  maxFailoverCount?: Int32;
  /** Whether the server's container is privileged. */
  privileged?: boolean;
  /** Whether servers that were started in place of failed ones are removed once these are back. */
  recoverFailover?: boolean;
  /** How many servers may be added or removed at once. */
  scalePolicy?: ScalePolicy;
  /** The data volumes of each pod. */
  storageClaims: StorageClaim[];
}
