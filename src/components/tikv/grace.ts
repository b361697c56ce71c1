import type { Config, TiKVSpec } from '../../api/index.ts';
import { getKey, maySet, readConfig } from '../../config/index.ts';
import {
  isSince,
  type Member,
  type Release,
  releaseOf,
  reportGracePeriod,
  secondsOf,
} from '../../expand/index.ts';

/** What of a store decides how long it takes to stop. */
export interface StopSettings {
  readonly image: string;
  /** `server.graceful-shutdown-timeout` as it is written in the config. */
  readonly gracefulShutdownTimeout: string | undefined;
}

/** How long TiKV takes to close its engines after its leaders have gone. */
export const CLOSING = 30;

/** What TiKV takes to move its leaders away where nothing is written. Source: TiKV, `server.graceful-shutdown-timeout`. */
const SHUTDOWN = 20;

const KEY = 'server.graceful-shutdown-timeout';

/** The key as it is written in a config; most configs do not have it, and are not read for it. */
export function gracefulShutdownTimeout(config: Config | undefined): string | undefined {
  if (config === undefined || !maySet(config, KEY)) return undefined;
  const value = getKey(
    readConfig('tikv', config, 'server', () => undefined),
    KEY,
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
export function reportGrace(member: Member<TiKVSpec>, image: string): void {
  const { spec, rollout } = member;
  const { terminationGracePeriodSeconds: own, config } = spec;
  const written = gracefulShutdownTimeout(config);
  const isOurs = own === undefined && rollout === 'Safe';
  if (isOurs || (written === undefined && own === undefined)) return;
  const seconds = shutdownSeconds({ image, gracefulShutdownTimeout: written });
  const needed = seconds === 0 ? 0 : seconds + CLOSING;
  const takes = `a store takes up to ${seconds} to move its leaders away (\`${KEY}\`) and ${CLOSING} to close`;
  reportGracePeriod(member, needed, takes);
}
