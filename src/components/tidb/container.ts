import type { TiDBSpec } from '../../api/index.ts';
import {
  copy,
  envField,
  envValue,
  type Member,
  readinessProbe,
  serverContainer,
  statusCheck,
  tcpCheck,
  tlsDirectory,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { PORTS } from './ports.ts';
import { startupProbe } from './startup-probe.ts';
import { tidbMounts } from './volumes.ts';

export function tidbContainer(
  member: Member<TiDBSpec>,
  image: string,
  slowLog: string | undefined,
): MapValue {
  const { spec } = member;
  return serverContainer(member, image, {
    command: ['/bin/sh', '/usr/local/bin/tidb_start_script.sh'],
    env: tidbEnv(member, slowLog),
    ports: { server: PORTS.server, status: PORTS.status },
    lifecycle: copy(spec.lifecycle),
    readinessProbe: readinessProbe(readinessCheck(member), spec.readinessProbe),
    startupProbe: spec.customizedStartupProbe && startupProbe(spec.customizedStartupProbe),
    volumeMounts: tidbMounts(member),
  });
}

function readinessCheck({ spec, clusterTls }: Member<TiDBSpec>): MapValue {
  if (spec.readinessProbe?.type !== 'command') return tcpCheck(PORTS.server);
  return statusCheck(PORTS.status, clusterTls ? tlsDirectory('tidb') : undefined);
}

function tidbEnv({ names, spec, cluster }: Member<TiDBSpec>, slowLog: string | undefined): MapValue[] {
  return [
    envValue('CLUSTER_NAME', names.instance),
    envValue('TZ', cluster.timezone),
    envValue('BINLOG_ENABLED', String(spec.binlogEnabled ?? false)),
    envValue('SLOW_LOG_FILE', slowLog),
    envField('POD_NAME', 'metadata.name'),
    envField('NAMESPACE', 'metadata.namespace'),
    envValue('HEADLESS_SERVICE_NAME', names.peer),
  ];
}
