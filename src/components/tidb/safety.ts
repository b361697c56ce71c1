import type { TiDBSpec } from '../../api/index.ts';
import type { Safety } from '../../expand/index.ts';
import { FORGETTING, gracefulWait, TRANSACTIONS } from './grace.ts';

/** The rest of its stop, in seconds. */
const CLOSING = 5;

/** A SQL server goes on to serve until Services have forgotten it, and has the time to end what is open. */
export const safety: Safety<TiDBSpec> = {
  parts: ({ spec: { config } }) => ({
    terminationGracePeriodSeconds: FORGETTING + (gracefulWait(config) ?? 0) + TRANSACTIONS + CLOSING,
    // Kubernetes has had a hook of its own for that only since 1.30. Without the program the pod stops at once.
    preStop: { exec: { command: ['sleep', String(FORGETTING)] } },
  }),
};
