import type { ResourceClaim, SecurityContext } from './kubernetes.ts';
import type { Amounts } from './scalars.ts';

/** What a container may use, and what is set aside for it. */
export interface Resources {
  /** Dynamic resource claims of the pod that the container uses, by name. */
  claims?: ResourceClaim[];
  /** The most that the container may use; a TiKV's `storage` here is the capacity it reports to PD. */
  limits?: Amounts;
  /** What the container is sure to get; `storage` is the size of the data volume. */
  requests?: Amounts;
}

/** A helper container next to the server: its resources and rights. */
export interface SidecarSpec extends Resources {
  /** Rights of the container. */
  securityContext?: SecurityContext;
}
