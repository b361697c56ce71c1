import type { GroupSpec } from './group.ts';
import type { PingCAPVersion, Resource } from './resource.ts';
import type { TiProxyStatus } from './status.ts';
import type { TiProxySpec } from './tiproxy.ts';
import type { ZonedGroupSpec } from './zones.ts';

/** Every field of a TidbCluster's `spec.tiproxy`, the cluster, and where the servers are. */
export interface TiProxyGroupSpec extends GroupSpec, ZonedGroupSpec, TiProxySpec {}

/** A group of TiProxy servers with settings of their own, in a cluster with others. */
export interface TiProxyGroup extends Resource<PingCAPVersion, 'TiProxyGroup'> {
  /** What the group should be. */
  spec: TiProxyGroupSpec;
  /** What was last seen of the group; accepted and never rendered. */
  status?: TiProxyStatus;
}
