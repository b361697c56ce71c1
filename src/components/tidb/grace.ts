import type { Config, TiDBSpec } from '../../api/index.ts';
import { getKey, readConfig } from '../../config/index.ts';
import type { Member } from '../../expand/index.ts';

/** What Kubernetes gives a pod, in seconds. */
const DEFAULT_GRACE = 30;

/** For how long Services go on to send connections to a pod that is on its way out. */
export const FORGETTING = 10;

/** What TiDB gives transactions that are open, which nobody can set. */
export const TRANSACTIONS = 15;

const KEY = 'graceful-wait-before-shutdown';

/** The key as it is written in a config, in seconds; most configs do not have it, and are not read for it. */
export function gracefulWait(config: Config | undefined): number | undefined {
  const has = typeof config === 'string' ? config.includes(KEY) : Object.hasOwn(config ?? {}, KEY);
  if (!has) return undefined;
  const value = getKey(
    readConfig('tidb', config, 'server', () => undefined),
    KEY,
  );
  return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : undefined;
}

/**
 * Reports a grace period in which a SQL server cannot stop as its config asks, however it is rendered. Nothing where
 * nobody has said anything about either.
 */
export function reportGrace({ spec, rollout, report }: Member<TiDBSpec>): void {
  const { terminationGracePeriodSeconds: own, config, lifecycle } = spec;
  const wait = gracefulWait(config);
  const isSafe = rollout === 'Safe';
  if ((own === undefined && isSafe) || (wait === undefined && own === undefined)) return;
  const hook = isSafe && !lifecycle?.preStop ? FORGETTING : 0;
  const needed = hook + (wait ?? 0) + TRANSACTIONS;
  if (needed <= (own ?? DEFAULT_GRACE)) return;
  const has =
    own === undefined ? `is not written, so Kubernetes gives a pod ${DEFAULT_GRACE} seconds` : `is "${own}"`;
  const parts = [
    ...(hook > 0 ? [`${hook} until Services have forgotten it`] : []),
    ...(wait ? [`${wait} as \`${KEY}\` asks`] : []),
    `${TRANSACTIONS} for open transactions`,
  ];
  const message = `\`spec.terminationGracePeriodSeconds\` ${has}, but a server takes up to ${parts.join(', ')}, and is killed before it is done; write ${needed} or more`;
  report('grace-period', ['spec', own === undefined ? 'config' : 'terminationGracePeriodSeconds'], message);
}
