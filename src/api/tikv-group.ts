import type { GroupSpec } from './group.ts';
import type { PingCAPVersion, Resource } from './resource.ts';
import type { TiKVStatus } from './status.ts';
import type { TiKVSpec } from './tikv.ts';
import type { LabeledGroupSpec, ZonedGroupSpec } from './zones.ts';

/** Every field of a TidbCluster's `spec.tikv`, the cluster, and where the stores are. */
export interface TiKVGroupSpec extends GroupSpec, LabeledGroupSpec, ZonedGroupSpec, TiKVSpec {}

/** A group of TiKV servers with settings of their own, in a cluster with others. */
export interface TiKVGroup extends Resource<PingCAPVersion, 'TiKVGroup'> {
  /** What the group should be. */
  spec: TiKVGroupSpec;
  /** What was last seen of the group; accepted and never rendered. */
  status?: TiKVStatus;
}
