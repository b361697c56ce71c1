import type { MapValue } from '../yaml/index.ts';
import { DEFAULT_GRACE } from './store.ts';

/** What of a group of SQL servers decides how one of them stops. */
export interface ServerSettings {
  /** `graceful-wait-before-shutdown` as it is written in the config, in seconds. */
  readonly gracefulWait: number | undefined;
  /** As the group has it. */
  readonly terminationGracePeriodSeconds: number | undefined;
}

/** What makes a rolling update of SQL servers safe. */
export interface ServerRollout {
  readonly terminationGracePeriodSeconds: number;
  readonly preStop: MapValue;
}

/** For how long Services go on to send connections to a pod that is on its way out. */
const FORGETTING = 10;

/** What TiDB gives transactions that are open, which nobody can set. */
const TRANSACTIONS = 15;

/** The rest of its stop. */
const CLOSING = 5;

/** What is rendered for a group of SQL servers with `rollout: Safe`. A `preStop` of the group's own goes before this one. */
export function serverRollout({
  gracefulWait = 0,
  terminationGracePeriodSeconds,
}: ServerSettings): ServerRollout {
  return {
    terminationGracePeriodSeconds:
      terminationGracePeriodSeconds ?? FORGETTING + gracefulWait + TRANSACTIONS + CLOSING,
    // Kubernetes has had a hook of its own for that only since 1.30. Without the program the pod stops at once.
    preStop: { exec: { command: ['sleep', String(FORGETTING)] } },
  };
}

/**
 * The seconds that a server must have to stop as its config asks, where that is more than it has; also for a group that
 * is rendered `Plain`, whose hook takes no time. Undefined where nobody has said anything about either.
 */
export function missingServerGrace(
  { gracefulWait, terminationGracePeriodSeconds: own }: ServerSettings,
  rollout: 'Safe' | 'Plain',
): number | undefined {
  if (gracefulWait === undefined && own === undefined) return undefined;
  const needed = (rollout === 'Safe' ? FORGETTING : 0) + (gracefulWait ?? 0) + TRANSACTIONS;
  const has = own ?? (rollout === 'Safe' ? needed : DEFAULT_GRACE);
  return needed > has ? needed : undefined;
}
