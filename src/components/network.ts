import type { ComponentName } from '../api/index.ts';

/** Who talks to whom, and through what; for pictures of a system, and NetworkPolicies. */
export interface Network {
  /** To whom its servers talk in every cluster, if both exist. */
  readonly talks: readonly Talk[];
  /** The port that a client's connection goes to. */
  readonly clientPort?: number;
  /** Those of its `ports` by which whoever is not of the cluster uses its servers. */
  readonly users: readonly string[];
  /** Those at which its metrics are. */
  readonly metrics: readonly string[];
  /** Ports of its Service that are not for clients, by their names. */
  readonly internalPorts?: readonly string[];
}

export interface Talk {
  readonly with: ComponentName;
  readonly purpose: string;
  /** One of the other's `ports`. */
  readonly port: string;
}
