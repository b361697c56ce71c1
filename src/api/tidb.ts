import type { ScalePolicy, ServerSpec } from './component.ts';
import type { Lifecycle } from './kubernetes.ts';
import type { ImagePullPolicy } from './pod.ts';
import type { CustomizedStartupProbe } from './probe.ts';
import type { SidecarSpec } from './resources.ts';
import type { Config, DNSLabel, DNSName, Image, ImageName, Int32 } from './scalars.ts';
import type { TiDBServiceSpec } from './service.ts';
import type { StorageVolume } from './storage.ts';

/** TLS between MySQL clients and TiDB. */
export interface TiDBTLSClient {
  /** Whether MySQL clients may use TLS. */
  enabled?: boolean;
  /** Whether the server asks clients for no certificate. */
  disableClientAuthn?: boolean;
  /** Whether the operator's own clients skip the certificate authority of the server. */
  skipInternalClientCA?: boolean;
}

/** The container that prints the slow log. */
export interface SlowLogTailer extends SidecarSpec {
  /** Image of the container. */
  image?: Image;
  /** When the node fetches the image. */
  imagePullPolicy?: ImagePullPolicy;
}

/** What is done once, when the cluster is new. */
export interface TiDBInitializerSettings {
  /** Whether a random password is made for the root user. */
  createPassword?: boolean;
}

/** TiDB, which answers SQL. */
export interface TiDBSpec extends ServerSpec {
  /**
   * Arguments to add to the server's command line. As with TiDB Operator, the shell of the start script splits each at
   * blanks, and expands `${NAMES}` of environment variables.
   */
  arguments?: string[];
  /**
   * Image of the server without its tag.
   * @default pingcap/tidb
   */
  baseImage?: ImageName;
  /** Whether the server writes a binlog to Pump. */
  binlogEnabled?: boolean;
  /** ConfigMap whose `bootstrap-sql` runs when the cluster is new. */
  bootstrapSQLConfigMapName?: DNSName;
  /** TiDB's configuration: TOML text, or the same as a map. */
  config?: Config;
  /** A start-up probe that runs a binary of another image. */
  customizedStartupProbe?: CustomizedStartupProbe;
  /** What is done once, when the cluster is new. */
  initializer?: TiDBInitializerSettings;
  /** What the server's container does after it starts and before it stops. */
  lifecycle?: Lifecycle;
  /**
   * How many servers the operator may start in place of failed ones; 0 turns that off.
   * @minimum 0
   */
  maxFailoverCount?: Int32;
  /** Plugins for the server to load. */
  plugins?: string[];
  /** How many servers may be added or removed at once. */
  scalePolicy?: ScalePolicy;
  /** Whether the slow log is printed by a separate container. Default: true. */
  separateSlowLog?: boolean;
  /** The Service for MySQL clients; there is none without it. */
  service?: TiDBServiceSpec;
  /** The container that prints the slow log. */
  slowLogTailer?: SlowLogTailer;
  /** Volume for the slow log; one of `storageVolumes` or `additionalVolumes`. */
  slowLogVolumeName?: DNSLabel;
  /** Storage class of the volumes. */
  storageClassName?: DNSName;
  /** More volumes for each pod. */
  storageVolumes?: StorageVolume[];
  /** TLS between MySQL clients and the server. */
  tlsClient?: TiDBTLSClient;
  /** Whether users may log in with a token. */
  tokenBasedAuthEnabled?: boolean;
  /** Class of volume attributes of the volumes. */
  volumeAttributesClassName?: DNSName;
}
