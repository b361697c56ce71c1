import type { PodSettings } from '../../api/index.ts';
import type { AnySpec, Section } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { type PodVolumes, podVolumes } from './pod-volumes.ts';

/** The servers whose pods are checked: a component of a TidbCluster, or a group. */
export interface Servers {
  readonly component: Section;
  readonly spec: AnySpec;
  readonly at: Field;
  /** The settings of the TidbCluster that hold where `spec` has none, and where they stand. */
  readonly cluster: { readonly spec: PodSettings; readonly at: Field } | undefined;
  /** Whether the pods are those of a group, of which the render itself looks for what is generated twice. */
  readonly isGroup: boolean;
}

/** What the containers of a pod have in common. */
export interface Pod {
  readonly hostNetwork: boolean;
  /** Seconds between the request to stop and the end. */
  readonly gracePeriod: number;
  readonly volumes: PodVolumes;
  /** Whether all containers run as the host's own processes, as on Windows they may. */
  readonly hostProcess: boolean | undefined;
}

/** What Kubernetes gives a pod that does not say. */
const GRACE_PERIOD = 30;

export function podOf({ component, spec, cluster }: Servers): Pod {
  const security = spec.podSecurityContext ?? cluster?.spec.podSecurityContext;
  return {
    hostNetwork: spec.hostNetwork ?? cluster?.spec.hostNetwork ?? false,
    gracePeriod: Number(spec.terminationGracePeriodSeconds ?? GRACE_PERIOD),
    volumes: podVolumes(component, spec),
    hostProcess: security?.windowsOptions?.hostProcess ?? undefined,
  };
}
