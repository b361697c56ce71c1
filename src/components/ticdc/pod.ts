import type { GeneratedPod } from '../pod.ts';

export const pod: GeneratedPod = {
  containers: ['ticdc'],
  volumes: {},
  others: ['annotations', 'cluster-client-tls', 'config', 'startup-script', 'ticdc-tls'],
};
