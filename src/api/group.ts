import type { NetworkPolicySpec } from './network-policy.ts';
import type { DNSLabel, DNSName } from './scalars.ts';

/** The TidbCluster that a group belongs to. */
export interface GroupClusterRef {
  /** Name of the TidbCluster. */
  name: DNSName;
  /** Namespace of the TidbCluster; default: the group's own. */
  namespace?: DNSLabel;
}

/** What a group has beside the fields of its component. */
export interface GroupSpec {
  /** The TidbCluster that the group belongs to. */
  cluster?: GroupClusterRef;
  /** Name of the TidbCluster. Deprecated: use `spec.cluster.name`. */
  clusterName?: DNSName;
  /** A NetworkPolicy that keeps out who need not reach the servers; there is none without it. `{}` has defaults. */
  networkPolicy?: NetworkPolicySpec;
}
