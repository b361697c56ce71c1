import type { MapValue } from '../yaml/index.ts';
import { secondsOf } from './duration.ts';
import { isSince, type Release, releaseOf } from './release.ts';
import { TIKV_STOP_SH } from './scripts.generated.ts';

/** What of a group of stores decides how one of them stops and starts. */
export interface StoreSettings {
  readonly image: string;
  /** PD's address without scheme, or several: `basic-pd:2379`. */
  readonly pd: string;
  readonly clusterDomain: string | undefined;
  /** Whether servers talk by TLS, with the group's own certificate. */
  readonly tls: boolean;
  /** `server.graceful-shutdown-timeout` as it is written in the config. */
  readonly gracefulShutdownTimeout: string | undefined;
  /** As the group has it. */
  readonly terminationGracePeriodSeconds: number | undefined;
  /** The stores of the TidbCluster itself, which have no such hook. */
  readonly base: { readonly image: string; readonly gracefulShutdownTimeout: string | undefined } | undefined;
}

/** What makes a rolling update of stores safe. */
export interface StoreRollout {
  readonly minReadySeconds: number;
  readonly terminationGracePeriodSeconds: number;
  readonly readinessProbe: MapValue;
  readonly preStop: MapValue;
  /** A file beside the start script. */
  readonly stopScript: string;
  /** A command of the start script, as words. It runs beside the server. */
  readonly afterStart: readonly string[];
}

/** Where the container finds the stop script. */
export const STOP_SCRIPT = 'tikv_stop_script.sh';

const STATUS_PORT = 20180;

/** For how long a store stays ready before the next one stops: two heartbeats to PD, and some time to spare. */
const MIN_READY = 30;

/** How long TiKV takes to close its engines after its leaders have gone. */
const CLOSING = 30;

/** What TiKV takes to move its leaders away where nothing is written. Source: TiKV, `server.graceful-shutdown-timeout`. */
const SHUTDOWN = 20;

/**
 * How long a stop may wait for other stores and for leaders. With what comes after it stays below the ten minutes that
 * the cluster autoscaler gives a pod.
 */
const WAITING = 480;

/** How long PD takes to miss a store that has stopped, and some time to spare. Source: PD, `storeDisconnectDuration`. */
const MISSING = 25;

/** What is rendered for a group of stores with `rollout: Safe`. */
export function storeRollout(settings: StoreSettings): StoreRollout {
  const { terminationGracePeriodSeconds: own } = settings;
  const closing = shutdownSeconds(settings) + CLOSING;
  const grace = own ?? WAITING + closing;
  const waiting = Math.max(0, Math.min(WAITING, grace - closing));
  return {
    minReadySeconds: MIN_READY,
    terminationGracePeriodSeconds: grace,
    readinessProbe: readinessProbe(settings),
    preStop: { exec: { command: stopCommand('stop', waiting, settings) } },
    stopScript: TIKV_STOP_SH,
    afterStart: stopCommand('started', waiting, settings),
  };
}

/**
 * The seconds that a store must have to stop as its config asks, where that is more than it has; also for a group that is
 * rendered `Plain`. Undefined where nobody has said anything about either.
 */
export function missingGrace(settings: StoreSettings): number | undefined {
  const { gracefulShutdownTimeout, terminationGracePeriodSeconds: own } = settings;
  if (gracefulShutdownTimeout === undefined && own === undefined) return undefined;
  const seconds = shutdownSeconds(settings);
  const needed = seconds === 0 ? 0 : seconds + CLOSING;
  return needed > (own ?? DEFAULT_GRACE) ? needed : undefined;
}

/** What Kubernetes gives a pod. */
export const DEFAULT_GRACE = 30;

/** How long TiKV itself takes to move its leaders away on a stop; 0 where it does not. */
function shutdownSeconds({
  image,
  gracefulShutdownTimeout,
}: Pick<StoreSettings, 'image' | 'gracefulShutdownTimeout'>): number {
  const release = releaseOf(image);
  if (release !== undefined && !movesLeadersAway(release)) return 0;
  return (gracefulShutdownTimeout === undefined ? undefined : secondsOf(gracefulShutdownTimeout)) ?? SHUTDOWN;
}

/** Since v8.5.5, but not in the previews of v9.0.0, which were branched off before. Source: tikv/tikv 18930. */
function movesLeadersAway(release: Release): boolean {
  return isSince(release, [8, 5, 5]) && !(release.isPreview && !isSince(release, [9, 0, 1]));
}

/**
 * Asks the store itself, by no program of the image, and not PD: a failure of PD must not take all stores out. `/status`
 * answers once the store is registered; `/ready`, since v9, once it has sent a heartbeat and has caught up. Both answer
 * without a certificate of the client. A store that is busy stays ready for a while, because unready pods may be evicted.
 */
function readinessProbe({ image, tls }: StoreSettings): MapValue {
  const release = releaseOf(image);
  const path = release !== undefined && isSince(release, [9, 0, 0]) ? '/ready' : '/status';
  const httpGet = { path, port: STATUS_PORT, ...(tls && { scheme: 'HTTPS' }) };
  return { httpGet, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 6 };
}

function stopCommand(mode: 'stop' | 'started', waiting: number, settings: StoreSettings): string[] {
  const { image, pd, clusterDomain = '', tls, base } = settings;
  const release = releaseOf(image);
  const needsHelp = release === undefined || !movesLeadersAway(release);
  return [
    '/bin/sh',
    `/usr/local/bin/${STOP_SCRIPT}`,
    mode,
    String(waiting),
    // A store of the base tells nobody that it stops, and goes on to send heartbeats while its leaders move away.
    String(base === undefined ? 0 : MISSING + shutdownSeconds(base)),
    String(needsHelp),
    pdUrls(pd, tls),
    clusterDomain,
    tls ? '/var/lib/tikv-tls' : '',
    // The log of the server, as nothing else that a hook says is kept.
    '/proc/1/fd/1',
  ];
}

/** `https://pd-0:2379,https://pd-1:2379` of `pd-0:2379,pd-1:2379`. */
export function pdUrls(pd: string, tls: boolean): string {
  const scheme = tls ? 'https' : 'http';
  return pd
    .split(',')
    .map((address) => `${scheme}://${address}`)
    .join(',');
}
