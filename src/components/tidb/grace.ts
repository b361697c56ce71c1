import type { Config, TiDBSpec } from '../../api/index.ts';
import { getKey, maySet, readConfig } from '../../config/index.ts';
import { type Member, reportGracePeriod } from '../../expand/index.ts';

/** For how long Services go on to send connections to a pod that is on its way out. */
export const FORGETTING = 10;

/** What TiDB gives transactions that are open, which nobody can set. */
export const TRANSACTIONS = 15;

const KEY = 'graceful-wait-before-shutdown';

/** The key as it is written in a config, in seconds; most configs do not have it, and are not read for it. */
export function gracefulWait(config: Config | undefined): number | undefined {
  if (config === undefined || !maySet(config, KEY)) return undefined;
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
export function reportGrace(member: Member<TiDBSpec>): void {
  const { spec, rollout } = member;
  const { terminationGracePeriodSeconds: own, config, lifecycle } = spec;
  const wait = gracefulWait(config);
  const isSafe = rollout === 'Safe';
  if ((own === undefined && isSafe) || (wait === undefined && own === undefined)) return;
  const hook = isSafe && !lifecycle?.preStop ? FORGETTING : 0;
  const needed = hook + (wait ?? 0) + TRANSACTIONS;
  const parts = [
    ...(hook > 0 ? [`${hook} until Services have forgotten it`] : []),
    ...(wait ? [`${wait} as \`${KEY}\` asks`] : []),
    `${TRANSACTIONS} for open transactions`,
  ];
  reportGracePeriod(member, needed, `a server takes up to ${parts.join(', ')}`);
}
