import type { TidbClusterSpec, TiKVSpec } from '../../api/index.ts';
import { isSince, type Member, quote, releaseOf, type Safety } from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import {
  CLOSING,
  gracefulShutdownTimeout,
  movesLeadersAway,
  type StopSettings,
  shutdownSeconds,
} from './grace.ts';
import { PORTS } from './ports.ts';
import { STOP_SH } from './scripts.generated.ts';

/** What the stop script is called, beside the start script. */
const STOP_SCRIPT = 'tikv_stop_script.sh';
const STOP_SETTINGS = 'tikv_stop_settings';

/** For how long a store stays ready before the next one stops: two heartbeats to PD, and some time to spare. */
const MIN_READY = 30;

/**
 * How long a stop may wait for other stores and for leaders, in seconds. With what comes after it stays below the ten
 * minutes that the cluster autoscaler gives a pod.
 */
const WAITING = 480;

/** How long PD takes to miss a store that has stopped, and some time to spare. Source: PD, `storeDisconnectDuration`. */
const MISSING = 25;

/** One store of a group after another stops, and only while no other store of the cluster is missing. */
export const safety: Safety<TiKVSpec> = {
  parts(member, image) {
    const { spec, clusterTls } = member;
    const own = spec.terminationGracePeriodSeconds;
    const settings = { image, gracefulShutdownTimeout: gracefulShutdownTimeout(spec.config) };
    const closing = shutdownSeconds(settings) + CLOSING;
    // One beyond 2^53 is a bigint.
    const period = own === undefined ? WAITING + closing : Number(own);
    const waiting = Math.max(0, Math.min(WAITING, period - closing));
    return {
      minReadySeconds: MIN_READY,
      terminationGracePeriodSeconds: WAITING + closing,
      readinessProbe: readinessProbe(image, clusterTls),
      preStop: { exec: { command: command('stop', waiting, member, image) } },
      scripts: {
        'stop-script': { file: STOP_SCRIPT, text: STOP_SH },
        'stop-settings': { file: STOP_SETTINGS, text: settingsText(member) },
      },
      afterStart: command('started', waiting, member, image),
    };
  },
};

/**
 * Asks the store itself, by no program of the image, and not PD: a failure of PD must not take all stores out. `/status`
 * answers once the store is registered; `/ready`, since v9, once it has sent a heartbeat and has caught up. Both answer
 * without a certificate of the client. A store that is busy stays ready for a while, because unready pods may be evicted.
 */
function readinessProbe(image: string, tls: boolean): MapValue {
  const release = releaseOf(image);
  const path = release !== undefined && isSince(release, [9, 0, 0]) ? '/ready' : '/status';
  const httpGet = { path, port: PORTS.status, ...(tls && { scheme: 'HTTPS' }) };
  return { failureThreshold: 6, httpGet, periodSeconds: 5, timeoutSeconds: 5 };
}

/** What is part of the pod: it changes only where the group does, or its image or TLS, and so the pod itself. */
function command(
  mode: 'stop' | 'started',
  waiting: number,
  { clusterTls }: Member<TiKVSpec>,
  image: string,
): string[] {
  const release = releaseOf(image);
  const needsHelp = release === undefined || !movesLeadersAway(release);
  return [
    '/bin/sh',
    `/usr/local/bin/${STOP_SCRIPT}`,
    mode,
    String(waiting),
    String(needsHelp),
    clusterTls ? '/var/lib/tikv-tls' : '',
    // The log of the server, as nothing else that a hook says is kept.
    '/proc/1/fd/1',
  ];
}

/** What comes from the TidbCluster. A stop reads it when it begins, so that a change of it restarts nothing. */
function settingsText({ pd, cluster }: Member<TiKVSpec>): string {
  const base = baseStores(cluster);
  // A store of the base tells nobody that it stops, and goes on to send heartbeats while its leaders move away.
  const settle = base === undefined ? 0 : MISSING + shutdownSeconds(base);
  return `settle=${settle}\npd=${quote(pd)}\ndomain=${quote(cluster.clusterDomain ?? '')}\n`;
}

/** The stores of the TidbCluster itself, which have no such hook. */
function baseStores({ tikv, version }: TidbClusterSpec): StopSettings | undefined {
  if (!tikv?.replicas) return undefined;
  return {
    image: `tikv:${tikv.version ?? version ?? ''}`,
    gracefulShutdownTimeout: gracefulShutdownTimeout(tikv.config),
  };
}
