import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { CIDR } from './scalars.ts';

/** A range of addresses outside the cluster. */
export interface AddressRange {
  /** The range, such as `10.0.0.0/8`. */
  cidr: CIDR;
  /** Smaller ranges in it that do not count. */
  except?: CIDR[];
}

/** Who may connect: pods, or addresses. As in a NetworkPolicy of Kubernetes, what is written in one entry must all hold. */
export interface NetworkPeer {
  /** Addresses; an entry with them has no selectors. */
  ipBlock?: AddressRange;
  /** Labels of namespaces; an empty selector is all of them. Default: the namespace of the group. */
  namespaceSelector?: LabelSelector;
  /** Labels of pods; an empty selector is all of them. Default: all. */
  podSelector?: LabelSelector;
}

/**
 * A NetworkPolicy for the servers of a group. It lets in the servers of the cluster, and what TiDB Operator runs for them,
 * such as backups; and who is named here.
 */
export interface NetworkPolicySpec {
  /**
   * Who may use the servers: TiDB and TiProxy by MySQL, by default everybody; other servers by their own port, as TiSpark and
   * tools for data do, by default nobody. An empty list is nobody.
   */
  clients?: NetworkPeer[];
  /** Who may read metrics, such as Prometheus. By default only a TidbMonitor. */
  monitoring?: NetworkPeer[];
}
