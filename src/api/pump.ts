import type { ServerSpec } from './component.ts';
import type { Config, DNSName, ImageName } from './scalars.ts';

/** Pump, which keeps TiDB's binlog. */
export interface PumpSpec extends ServerSpec {
  /**
   * Image of the server without its tag.
   * @default pingcap/tidb-binlog
   */
  baseImage?: ImageName;
  /** Pump's configuration: TOML text, or the same as a map. */
  config?: Config;
  /** Whether the pods use the cluster's time zone. */
  setTimeZone?: boolean;
  /** Storage class of the data volume. */
  storageClassName?: DNSName;
  /** Class of volume attributes of the data volume. */
  volumeAttributesClassName?: DNSName;
}
