import { type GeneratedPod, PODINFO, SCRIPT } from '../pod.ts';

export const pod: GeneratedPod = {
  containers: ['tikv'],
  volumes: { ...PODINFO, tikv: '/var/lib/tikv', config: '/etc/tikv', ...SCRIPT },
  others: ['cluster-client-tls', 'tikv-tls'],
  logContainers: ({ separateRaftLog, separateRocksDBLog }) => [
    ...(separateRaftLog ? ['raftlog'] : []),
    ...(separateRocksDBLog ? ['rocksdblog'] : []),
  ],
  probes: ({ readinessProbe }) => (readinessProbe ? { readinessProbe: 'tcpSocket' } : {}),
};
