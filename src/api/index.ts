/** The API: what users write, as types and as schemas. */
export type { AutoscaleSpec, ScalingBehavior, ScalingPolicy, ScalingRules } from './autoscale.ts';
export type { CertificatesSpec } from './certificates.ts';
export type { ComponentSpec, Failover, ScalePolicy, ServerSpec } from './component.ts';
export { definitionOf, definitions, fieldNamesOf, fieldOf, rulesOf } from './definitions.ts';
export type { DiscoverySpec } from './discovery.ts';
export {
  CONFIG_API_VERSION,
  CONFIG_KIND,
  type DrainEngine,
  type DrainSpec,
  type ExpandTidbGroups,
  type ExpandTidbGroupsSpec,
  type GroupOutput,
  type GroupsVersion,
  ROLLOUTS,
  type Rollout,
  VALIDATOR_KIND,
  type ValidateTidbGroups,
} from './function-config.ts';
export type { GroupClusterRef, GroupSpec } from './group.ts';
export {
  type AnyGroup,
  COMPONENT_NAMES,
  type ComponentName,
  type GroupKind,
  type GroupKinds,
} from './groups.ts';
export { imageReference, isImageName, isTag } from './image.ts';
export { KINDS, type Kind } from './kinds.ts';
export type {
  Affinity,
  Container,
  ContainerPort,
  EnvFromSource,
  EnvVar,
  Lifecycle,
  LocalObjectReference,
  ObjectMeta,
  PodDNSConfig,
  PodSecurityContext,
  ResourceClaim,
  SecurityContext,
  ServicePort,
  Toleration,
  Volume,
  VolumeMount,
} from './kubernetes.ts';
export { KUBERNETES_VERSION } from './kubernetes.ts';
export {
  ADDED_CLUSTERS,
  AUTOSCALED,
  AWAITED_BY,
  CONFIRM,
  DRAIN,
  DRAIN_TO,
  DRAINED_TO,
  GENERATED_BY,
  RENDERED,
  ROLLOUT,
  SUSPENDED,
  switchOf,
  ZONED_GROUP,
} from './marks.ts';
export type { MonitoringKind, MonitoringSpec } from './monitoring.ts';
export type {
  Backup,
  BackupBR,
  BackupSpec,
  ClusterRef,
  TidbInitializer,
  TidbInitializerSpec,
  TidbMonitor,
  TidbMonitorSpec,
} from './neighbours.ts';
export type { AddressRange, NetworkPeer, NetworkPolicySpec } from './network-policy.ts';
export type { PDServerSpec, PDSpec } from './pd.ts';
export type { PDGroup, PDGroupSpec } from './pd-group.ts';
export type { PDMSSpec } from './pdms.ts';
export type {
  ConfigUpdateStrategy,
  DNSPolicy,
  ImagePullPolicy,
  NodeInclusionPolicy,
  PodManagementPolicy,
  PodSettings,
  StatefulSetUpdateStrategy,
  SuspendAction,
  TopologySpreadConstraint,
} from './pod.ts';
export type { CustomizedStartupProbe, ServerProbe } from './probe.ts';
export type { PumpSpec } from './pump.ts';
export { canonicalQuantity, isMore, sizeOf, storedAmount, totalQuantity, wholeUnits } from './quantity.ts';
export { type Referred, referredBy } from './references.ts';
export { API_VERSION, type PingCAPVersion, type Resource } from './resource.ts';
export type { Resources, SidecarSpec } from './resources.ts';
export type {
  Amount,
  Amounts,
  Annotations,
  CIDR,
  ClusterIP,
  Config,
  DNSLabel,
  DNSName,
  Duration,
  Image,
  ImageName,
  Int32,
  Int64,
  Integer,
  IP,
  LabelKey,
  Labels,
  QualifiedName,
  QuantityText,
  Tag,
} from './scalars.ts';
export { type Definitions, type Rules, refName, refTo, type Schema, type SchemaType } from './schema.ts';
export type { ServiceSpec, ServiceType, TiDBServiceSpec, TrafficPolicy } from './service.ts';
export type {
  ClusterStatus,
  ComponentStatus,
  PDStatus,
  TiCDCStatus,
  TiDBStatus,
  TiFlashStatus,
  TiKVStatus,
  TiProxyStatus,
} from './status.ts';
export type { StorageVolume } from './storage.ts';
export type { TiCDCSpec } from './ticdc.ts';
export type { TiCDCGroup, TiCDCGroupSpec } from './ticdc-group.ts';
export type { SlowLogTailer, TiDBInitializerSettings, TiDBSpec, TiDBTLSClient } from './tidb.ts';
export type {
  HelperSpec,
  NamedService,
  ReclaimPolicy,
  TidbCluster,
  TidbClusterRef,
  TidbClusterSpec,
  TLSCluster,
} from './tidb-cluster.ts';
export type { TiDBGroup, TiDBGroupSpec } from './tidb-group.ts';
export type { StorageClaim, TiFlashConfig, TiFlashSpec } from './tiflash.ts';
export type { TiFlashGroup, TiFlashGroupSpec } from './tiflash-group.ts';
export type { TiKVSpec } from './tikv.ts';
export type { TiKVGroup, TiKVGroupSpec } from './tikv-group.ts';
export type { TiProxySpec } from './tiproxy.ts';
export type { TiProxyGroup, TiProxyGroupSpec } from './tiproxy-group.ts';
export {
  hasPlaces,
  isPlace,
  nameInZone,
  type TrafficDistribution,
  type Zone,
  type ZoneSpec,
  zoneOf,
} from './zones.ts';
