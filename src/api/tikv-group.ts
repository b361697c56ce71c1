import type { GroupSpec } from './group.ts';
import type { PingCAPVersion, Resource } from './resource.ts';
import type { TiKVStatus } from './status.ts';
import type { TiKVSpec } from './tikv.ts';

/** Every field of a TidbCluster's `spec.tikv`, and the cluster. */
export interface TiKVGroupSpec extends GroupSpec, TiKVSpec {}

/** A group of TiKV servers with settings of their own, in a cluster with others. */
export interface TiKVGroup extends Resource<PingCAPVersion, 'TiKVGroup'> {
  /** What the group should be. */
  spec: TiKVGroupSpec;
  /** What was last seen of the group; accepted and never rendered. */
  status?: TiKVStatus;
}
