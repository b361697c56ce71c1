import type { AutoscaleSpec } from './autoscale.ts';
import type { GroupSpec } from './group.ts';
import type { PingCAPVersion, Resource } from './resource.ts';
import type { TiDBStatus } from './status.ts';
import type { TiDBSpec } from './tidb.ts';
import type { ZonedGroupSpec, ZonedServiceSpec } from './zones.ts';

/** Every field of a TidbCluster's `spec.tidb`, the cluster, where the servers are, and what sets the number of servers. */
export interface TiDBGroupSpec extends GroupSpec, ZonedServiceSpec, ZonedGroupSpec, TiDBSpec {
  /** A HorizontalPodAutoscaler, which sets the number of servers by their load; there is none without it. */
  autoscale?: AutoscaleSpec;
}

/** A group of TiDB servers with settings of their own, in a cluster with others. */
export interface TiDBGroup extends Resource<PingCAPVersion, 'TiDBGroup'> {
  /** What the group should be. */
  spec: TiDBGroupSpec;
  /** What was last seen of the group; accepted and never rendered. */
  status?: TiDBStatus;
}
