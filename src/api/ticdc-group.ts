import type { GroupSpec } from './group.ts';
import type { PingCAPVersion, Resource } from './resource.ts';
import type { TiCDCStatus } from './status.ts';
import type { TiCDCSpec } from './ticdc.ts';

/** Every field of a TidbCluster's `spec.ticdc`, and the cluster. */
export interface TiCDCGroupSpec extends GroupSpec, TiCDCSpec {}

/** A group of TiCDC servers with settings of their own, in a cluster with others. */
export interface TiCDCGroup extends Resource<PingCAPVersion, 'TiCDCGroup'> {
  /** What the group should be. */
  spec: TiCDCGroupSpec;
  /** What was last seen of the group; accepted and never rendered. */
  status?: TiCDCStatus;
}
