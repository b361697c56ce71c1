import { type GeneratedPod, PODINFO, SCRIPT } from '../pod.ts';

export const pod: GeneratedPod = {
  containers: ['pd'],
  volumes: { ...PODINFO, config: '/etc/pd', ...SCRIPT, pd: '/var/lib/pd' },
  others: ['cluster-client-tls', 'pd-tls', 'tidb-client-tls'],
};
