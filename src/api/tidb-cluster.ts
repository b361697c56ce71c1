import type { DiscoverySpec } from './discovery.ts';
import type { PDSpec } from './pd.ts';
import type { PDMSSpec } from './pdms.ts';
import type { ImagePullPolicy, PodSettings } from './pod.ts';
import type { PumpSpec } from './pump.ts';
import type { PingCAPVersion, Resource } from './resource.ts';
import type { DNSLabel, DNSName, Image, Tag } from './scalars.ts';
import type { ClusterStatus } from './status.ts';
import type { TiCDCSpec } from './ticdc.ts';
import type { TiDBSpec } from './tidb.ts';
import type { TiFlashSpec } from './tiflash.ts';
import type { TiKVSpec } from './tikv.ts';
import type { TiProxySpec } from './tiproxy.ts';

export type ReclaimPolicy = 'Retain' | 'Delete' | 'Recycle';

/** A TidbCluster that this one joins. */
export interface TidbClusterRef {
  /** Name of the TidbCluster. */
  name: DNSName;
  /** Namespace of the TidbCluster; default: the resource's own. */
  namespace?: DNSLabel;
  /** Domain of the Kubernetes cluster that it runs in. */
  clusterDomain?: DNSName;
}

/** TLS between the servers of the cluster. */
export interface TLSCluster {
  /** Whether servers speak TLS to each other. */
  enabled?: boolean;
  /** Whether the discovery service asks for certificates too. */
  enableDiscoveryMTLS?: boolean;
}

/** The helper image, which init containers and log containers run. */
export interface HelperSpec {
  /** Image of the helper. */
  image?: Image;
  /** When the node fetches the image. */
  imagePullPolicy?: ImagePullPolicy;
}

/** A Service by name. Deprecated: use `spec.pd.service` and `spec.tidb.service`. */
export interface NamedService {
  /** Which Service. */
  name?: string;
  /** Kind of Service. */
  type?: string;
}

export interface TidbClusterSpec extends PodSettings {
  /** Whether the cluster spreads over several Kubernetes clusters. */
  acrossK8s?: boolean;
  /** Another TidbCluster that this one joins. */
  cluster?: TidbClusterRef;
  /** Domain of the Kubernetes cluster, such as `cluster.local`; addresses end in it. */
  clusterDomain?: DNSName;
  /** The discovery service. */
  discovery?: DiscoverySpec;
  /** Whether servers take some config changes without a restart. */
  enableDynamicConfiguration?: boolean;
  /** Whether the operator replaces claims whose storage class cannot be changed in place. */
  enablePVCReplace?: boolean;
  /** Whether the operator deletes volumes that are no longer used. */
  enablePVReclaim?: boolean;
  /** The helper image, which init containers and log containers run. */
  helper?: HelperSpec;
  /**
   * When nodes fetch images.
   * @default IfNotPresent
   */
  imagePullPolicy?: ImagePullPolicy;
  /** Whether the operator leaves the cluster as it is. */
  paused?: boolean;
  /** PD, which places data and allocates timestamps. */
  pd?: PDSpec;
  /** Addresses of PD servers outside this resource, such as `http://basic-pd:2379`. */
  pdAddresses?: string[];
  /** PD's microservices, if `spec.pd.mode` is `ms`. */
  pdms?: PDMSSpec[];
  /** Whether Services and servers prefer IPv6 addresses. */
  preferIPv6?: boolean;
  /** Pump, which keeps TiDB's binlog. */
  pump?: PumpSpec;
  /**
   * What happens to volumes when their claims are deleted.
   * @default Retain
   */
  pvReclaimPolicy?: ReclaimPolicy;
  /** Whether the cluster is being restored, so that the operator does not wait for its stores. */
  recoveryMode?: boolean;
  /** Service account of all pods. */
  serviceAccount?: DNSName;
  /** Services by name. Deprecated: use `spec.pd.service` and `spec.tidb.service`. */
  services?: NamedService[];
  /** Features of the start scripts of version `v2` to turn on. */
  startScriptV2FeatureFlags?: string[];
  /** Version of the start scripts. */
  startScriptVersion?: '' | 'v1' | 'v2';
  /** TiCDC, which copies changes to other systems. */
  ticdc?: TiCDCSpec;
  /** TiDB, which answers SQL. */
  tidb?: TiDBSpec;
  /** TiFlash, which stores columns. */
  tiflash?: TiFlashSpec;
  /** TiKV, which stores rows. */
  tikv?: TiKVSpec;
  /** Time zone of the servers, such as `UTC`. */
  timezone?: string;
  /** TiProxy, which spreads MySQL clients over TiDB servers. */
  tiproxy?: TiProxySpec;
  /** TLS between the servers of the cluster. */
  tlsCluster?: TLSCluster;
  /** Version of all servers, such as `v8.5.7`. */
  version?: Tag;
}

/** A TiDB cluster, as TiDB Operator runs it. */
export interface TidbCluster extends Resource<PingCAPVersion, 'TidbCluster'> {
  /** What the cluster should be. */
  spec: TidbClusterSpec;
  /** What the operator saw last; not read here. */
  status?: ClusterStatus;
}
