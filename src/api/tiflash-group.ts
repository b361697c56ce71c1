import type { GroupSpec } from './group.ts';
import type { PingCAPVersion, Resource } from './resource.ts';
import type { TiFlashStatus } from './status.ts';
import type { TiFlashSpec } from './tiflash.ts';
import type { ZonedGroupSpec } from './zones.ts';

/** Every field of a TidbCluster's `spec.tiflash`, the cluster, and where the stores are. */
export interface TiFlashGroupSpec extends GroupSpec, ZonedGroupSpec, TiFlashSpec {}

/** A group of TiFlash servers with settings of their own, in a cluster with others. */
export interface TiFlashGroup extends Resource<PingCAPVersion, 'TiFlashGroup'> {
  /** What the group should be. */
  spec: TiFlashGroupSpec;
  /** What was last seen of the group; accepted and never rendered. */
  status?: TiFlashStatus;
}
