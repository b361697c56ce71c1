import { type GeneratedPod, PODINFO, SCRIPT } from '../pod.ts';
import { DATA_DIR } from './config-facts.ts';

export const pod: GeneratedPod = {
  containers: ['pd'],
  volumes: { ...PODINFO, config: '/etc/pd', ...SCRIPT, pd: DATA_DIR },
  others: ['cluster-client-tls', 'pd-tls', 'tidb-client-tls'],
};
