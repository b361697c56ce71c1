import { type GeneratedPod, PODINFO } from '../pod.ts';

export const pod: GeneratedPod = {
  containers: ['clusterlog', 'errorlog', 'serverlog', 'tiflash'],
  initContainers: ['init'],
  volumes: { ...PODINFO, config: '/etc/tiflash', data0: '/data0' },
  others: ['cluster-client-tls', 'startup-script', 'tiflash-tls'],
};
