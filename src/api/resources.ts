import type { ResourceClaim, SecurityContext } from './kubernetes.ts';
import type { Amounts } from './scalars.ts';

/** What a container may use, and what is reserved for it. */
export interface Resources {
  /** Dynamic resource claims of the pod that the container uses, by name. */
  claims?: ResourceClaim[];
  /** The most that the container may use; a TiKV's `storage` here is the capacity it reports to PD. */
  limits?: Amounts;
  /** What is reserved for the container; `storage` is the size of the data volume. */
  requests?: Amounts;
}

/** A helper container next to the server: its resources and security settings. */
export interface SidecarSpec extends Resources {
  /** Security settings of the container. */
  securityContext?: SecurityContext;
}
