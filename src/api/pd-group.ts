import type { GroupSpec } from './group.ts';
import type { PDSpec } from './pd.ts';
import type { PingCAPVersion, Resource } from './resource.ts';
import type { PDStatus } from './status.ts';

/** Every field of a TidbCluster's `spec.pd`, and the cluster. */
export interface PDGroupSpec extends GroupSpec, PDSpec {}

/** A group of PD servers with settings of their own, which join those of a cluster. */
export interface PDGroup extends Resource<PingCAPVersion, 'PDGroup'> {
  /** What the group should be. */
  spec: PDGroupSpec;
  /** What was last seen of the group; accepted and never rendered. */
  status?: PDStatus;
}
