import type { AnySpec } from './any-spec.ts';

/** What TiDB Operator puts into the pods of a component, and so do the workloads of a group; for checks of pods. */
export interface GeneratedPod {
  /** Containers that are always there; what is added under their name is merged into them. */
  readonly containers: readonly string[];
  readonly initContainers?: readonly string[];
  /** Volumes that are always there, and where the server's container has them. */
  readonly volumes: { readonly [name: string]: string };
  /** Volumes that are there with some settings, such as TLS. */
  readonly others: readonly string[];
  /** Containers that print one of its logs where the settings ask for it. */
  logContainers?(spec: AnySpec): string[];
  /** Those of its volumes that are empty at the start of the pod. */
  emptyVolumes?(spec: AnySpec): string[];
  /** The probes of the server's container, and how each asks. Without it, nothing is known of them. */
  probes?(spec: AnySpec): { readonly [probe: string]: Handler };
}

export type Handler = 'exec' | 'tcpSocket';

export const PODINFO = { annotations: '/etc/podinfo' };
export const SCRIPT = { 'startup-script': '/usr/local/bin' };
