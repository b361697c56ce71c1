import type { TiCDCGroupSpec } from '../../api/index.ts';
import { readOnlyMount, secondsOfDuration, secretVolume } from '../../expand/index.ts';
import { BY, type InV2, type Own, type Rules } from '../v2.ts';
import { PORTS } from './ports.ts';

const RULES: Rules<Own<TiCDCGroupSpec>> = {
  baseImage: BY.baseImage,
  config: BY.config,
  gracefulShutdownTimeout: {
    by: '`terminationGracePeriodSeconds` of the pod, in the overlay, unless that is written',
  },
  storageClassName: BY.volumeClass,
  storageVolumes: BY.storageVolumes,
  tlsClientSecretNames: { by: 'volumes of the pod and mounts of the container, in the overlay' },
  volumeAttributesClassName: BY.volumeClass,
};

/** Where v1 mounts the Secrets for the systems that changes go to. */
const SINK_TLS_DIR = '/var/lib/sink-tls';

export const inV2: InV2 = {
  rules: RULES,
  configs: [
    {
      to: 'config',
      refused: ['addr', 'advertise-addr', 'security.ca-path', 'security.cert-path', 'security.key-path'],
    },
  ],
  hasTimezone: true,
  probe: PORTS.ticdc,
  convert: (group) => {
    // v2 would take another one, and everybody knows this one.
    group.set(['server', 'ports', 'port', 'port'], PORTS.ticdc);
    const names = group.value('tlsClientSecretNames');
    for (const name of Array.isArray(names) ? names.map(String) : []) {
      group.addToPod('volumes', secretVolume(name, name));
      group.addToServer('volumeMounts', readOnlyMount(name, `${SINK_TLS_DIR}/${name}`));
    }
    const timeout = group.value('gracefulShutdownTimeout');
    if (timeout === undefined) return;
    if (group.value('terminationGracePeriodSeconds') !== undefined) {
      group.lost(
        ['gracefulShutdownTimeout'],
        '`terminationGracePeriodSeconds` is all the time that a server has',
      );
      return;
    }
    group.setInPod(['terminationGracePeriodSeconds'], secondsOfDuration(String(timeout)) ?? 0);
    group.changed(['gracefulShutdownTimeout'], 'it is the time until the pod is killed, whatever it does');
  },
};
