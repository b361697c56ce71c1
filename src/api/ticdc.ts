import type { ServerSpec } from './component.ts';
import type { Config, DNSName, Duration, ImageName } from './scalars.ts';
import type { StorageVolume } from './storage.ts';

/** TiCDC, which copies changes to other systems. */
export interface TiCDCSpec extends ServerSpec {
  /**
   * Image of the server without its tag.
   * @default pingcap/ticdc
   */
  baseImage?: ImageName;
  /** TiCDC's configuration: TOML text, or the same as a map. */
  config?: Config;
  /** How long a server has to hand over its work before it stops, such as `10m`. */
  gracefulShutdownTimeout?: Duration;
  /** Storage class of the volumes. */
  storageClassName?: DNSName;
  /** More volumes for each pod. */
  storageVolumes?: StorageVolume[];
  /** Secrets with certificates for the systems that changes go to. */
  tlsClientSecretNames?: DNSName[];
  /** Class of volume attributes of the volumes. */
  volumeAttributesClassName?: DNSName;
}
