import { type GeneratedPod, PODINFO } from '../pod.ts';
import { DATA_DIR } from './index.ts';

export const pod: GeneratedPod = {
  containers: ['pump'],
  volumes: { config: '/etc/pump', data: DATA_DIR },
  others: [...Object.keys(PODINFO), 'pump-tls'],
  probes: () => ({ readinessProbe: 'tcpSocket' }),
};
