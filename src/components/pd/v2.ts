import type { PDGroupSpec } from '../../api/index.ts';
import { BY, type InV2, LOST, mountClientSecret, type Own, type Rules } from '../v2.ts';

const RULES: Rules<Own<PDGroupSpec>> = {
  baseImage: BY.baseImage,
  config: BY.config,
  dataSubDir: BY.dataSubDir,
  enableDashboardInternalProxy: { by: '`dashboard.internal-proxy` in `config`' },
  initWaitTime: { lost: 'there are no start scripts' },
  maxFailoverCount: { ...LOST.failover, unless: 0 },
  mode: { to: 'mode' },
  mountClusterClientSecret: BY.clientSecret,
  service: LOST.service,
  spareVolReplaceReplicas: { lost: '' },
  startTimeout: { lost: 'there are no start scripts' },
  startUpScriptVersion: { lost: 'there are no start scripts' },
  storageClassName: BY.dataClass,
  storageVolumes: BY.storageVolumes,
  tlsClientSecretName: {
    lost: 'mount the Secret in the overlay, and write `dashboard.tidb-cacert-path` and the keys like it in `config`',
  },
  volumeAttributesClassName: BY.dataClass,
};

export const inV2: InV2 = {
  rules: RULES,
  configs: [
    {
      to: 'config',
      refused: [
        'name',
        'data-dir',
        'client-urls',
        'peer-urls',
        'advertise-client-urls',
        'advertise-peer-urls',
        'initial-cluster',
        'initial-cluster-state',
        'initial-cluster-token',
        'join',
        'security.cacert-path',
        'security.cert-path',
        'security.key-path',
      ],
    },
  ],
  data: { at: [] },
  hasTimezone: true,
  probe: 'own',
  convert: (group) => {
    mountClientSecret(group);
    const proxy = group.value('enableDashboardInternalProxy');
    if (typeof proxy === 'boolean') group.setConfig('dashboard.internal-proxy', proxy);
  },
};
