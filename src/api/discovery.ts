import type { ComponentSpec } from './component.ts';
import type { ServerProbe } from './probe.ts';

/** The discovery service, by which the first PD servers find each other. */
export interface DiscoverySpec extends ComponentSpec {
  /** How Kubernetes asks the service whether it must be restarted. */
  livenessProbe?: ServerProbe;
}
