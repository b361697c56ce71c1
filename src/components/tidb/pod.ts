import type { AnySpec } from '../any-spec.ts';
import { type GeneratedPod, PODINFO, SCRIPT } from '../pod.ts';

const SLOW_LOG = 'slowlog';

export const pod: GeneratedPod = {
  containers: ['tidb'],
  volumes: { ...PODINFO, config: '/etc/tidb', ...SCRIPT },
  others: [
    ...['cluster-client-tls', SLOW_LOG, 'tidb-auth-token', 'tidb-bootstrap-sql', 'tidb-client-tls'],
    ...['tidb-server-tls', 'tidb-tls'],
  ],
  logContainers: (spec) => (hasSlowLog(spec) ? [SLOW_LOG] : []),
  emptyVolumes: (spec) => (hasSlowLog(spec) && !spec.slowLogVolumeName ? [SLOW_LOG] : []),
  probes: ({ readinessProbe, customizedStartupProbe }) => ({
    readinessProbe: readinessProbe?.type === 'command' ? 'exec' : 'tcpSocket',
    ...(customizedStartupProbe && { startupProbe: 'exec' }),
  }),
};

function hasSlowLog({ separateSlowLog }: AnySpec): boolean {
  return separateSlowLog !== false;
}
