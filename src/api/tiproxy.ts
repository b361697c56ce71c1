import type { ServerSpec } from './component.ts';
import type { Config, DNSName, ImageName } from './scalars.ts';
import type { StorageVolume } from './storage.ts';

/** TiProxy, which spreads MySQL clients over TiDB servers. */
export interface TiProxySpec extends ServerSpec {
  /**
   * Image of the server without its tag.
   * @default pingcap/tiproxy
   */
  baseImage?: ImageName;
  /** Layout of the certificates in the pods: empty for the operator's old one, or `v1`. */
  certLayout?: string;
  /** TiProxy's configuration: TOML text, or the same as a map. */
  config?: Config;
  /** Whether TiProxy reaches TiDB over TLS. */
  sslEnableTiDB?: boolean;
  /** Storage class of the volumes. */
  storageClassName?: DNSName;
  /** More volumes for each pod. */
  storageVolumes?: StorageVolume[];
  /** Secret with the certificate by which TiProxy reaches TiDB. */
  tlsClientSecretName?: DNSName;
  /** Class of volume attributes of the volumes. */
  volumeAttributesClassName?: DNSName;
}
