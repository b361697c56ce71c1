import { type GeneratedPod, PODINFO } from '../pod.ts';

export const pod: GeneratedPod = {
  containers: ['tiproxy'],
  volumes: { config: '/etc/proxy', ...PODINFO },
  others: ['cluster-client-tls', 'startup-script', 'tidb-client-tls', 'tidb-server-tls', 'tiproxy-tls'],
};
