import type { Config, TiKVSpec } from '../../api/index.ts';
import { getKey, readConfig } from '../../config/index.ts';
import { isSince, type Member, type Release, releaseOf, secondsOf } from '../../expand/index.ts';
import { isMap } from '../../yaml/index.ts';

/** What of a store decides how long it takes to stop. */
export interface StopSettings {
  readonly image: string;
  /** `server.graceful-shutdown-timeout` as it is written in the config. */
  readonly gracefulShutdownTimeout: string | undefined;
}

/** What Kubernetes gives a pod, in seconds. */
const DEFAULT_GRACE = 30;

/** How long TiKV takes to close its engines after its leaders have gone. */
export const CLOSING = 30;

/** What TiKV takes to move its leaders away where nothing is written. Source: TiKV, `server.graceful-shutdown-timeout`. */
const SHUTDOWN = 20;

const KEY = 'graceful-shutdown-timeout';

/** The key as it is written in a config; most configs do not have it, and are not read for it. */
export function gracefulShutdownTimeout(config: Config | undefined): string | undefined {
  const server = isMap(config) ? config.server : undefined;
  const has =
    typeof config === 'string'
      ? config.includes(KEY)
      : server !== undefined && isMap(server) && Object.hasOwn(server, KEY);
  if (!has) return undefined;
  const value = getKey(
    readConfig('tikv', config, 'server', () => undefined),
    `server.${KEY}`,
  );
  return typeof value === 'string' ? value : undefined;
}

/** How long TiKV itself takes to move its leaders away on a stop; 0 where it does not. */
export function shutdownSeconds({ image, gracefulShutdownTimeout: written }: StopSettings): number {
  const release = releaseOf(image);
  if (release !== undefined && !movesLeadersAway(release)) return 0;
  return (written === undefined ? undefined : secondsOf(written)) ?? SHUTDOWN;
}

/** Since v8.5.5, but not in the previews of v9.0.0, which were branched off before. Source: tikv/tikv 18930. */
export function movesLeadersAway(release: Release): boolean {
  return isSince(release, [8, 5, 5]) && !(release.isPreview && !isSince(release, [9, 0, 1]));
}

/**
 * Reports a grace period in which a store cannot stop as its config asks, however it is rendered. Nothing where nobody
 * has said anything about either.
 */
export function reportGrace({ spec, rollout, report }: Member<TiKVSpec>, image: string): void {
  const { terminationGracePeriodSeconds: own, config } = spec;
  const written = gracefulShutdownTimeout(config);
  const isOurs = own === undefined && rollout === 'Safe';
  if (isOurs || (written === undefined && own === undefined)) return;
  const seconds = shutdownSeconds({ image, gracefulShutdownTimeout: written });
  const needed = seconds === 0 ? 0 : seconds + CLOSING;
  if (needed <= (own ?? DEFAULT_GRACE)) return;
  const has =
    own === undefined ? `is not written, so Kubernetes gives a pod ${DEFAULT_GRACE} seconds` : `is "${own}"`;
  const message =
    `\`spec.terminationGracePeriodSeconds\` ${has}, but a store takes up to ${seconds} to move its leaders away ` +
    `(\`server.${KEY}\`) and ${CLOSING} to close, and is killed before it is done; write ${needed} or more`;
  report('grace-period', ['spec', own === undefined ? 'config' : 'terminationGracePeriodSeconds'], message);
}
