import { type GeneratedPod, PODINFO, SCRIPT } from '../pod.ts';
import { TIKV_DATA_DIR } from './start-script.ts';

export const pod: GeneratedPod = {
  containers: ['tikv'],
  volumes: { ...PODINFO, tikv: TIKV_DATA_DIR, config: '/etc/tikv', ...SCRIPT },
  others: ['cluster-client-tls', 'tikv-tls'],
  logContainers: ({ separateRaftLog, separateRocksDBLog }) => [
    ...(separateRaftLog ? ['raftlog'] : []),
    ...(separateRocksDBLog ? ['rocksdblog'] : []),
  ],
  probes: ({ readinessProbe }) => (readinessProbe ? { readinessProbe: 'tcpSocket' } : {}),
};
