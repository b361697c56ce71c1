import type { TiDBSpec } from '../../api/index.ts';
import {
  containerResources,
  copy,
  copyList,
  envField,
  envValue,
  fields,
  type Member,
  readinessProbe,
  serverEnv,
  statusCheck,
  tcpCheck,
  unlessEmpty,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { PORTS } from './ports.ts';
import { startupProbe } from './startup-probe.ts';
import { TIDB_TLS_DIR, tidbMounts } from './volumes.ts';

export function tidbContainer(
  member: Member<TiDBSpec>,
  image: string,
  slowLog: string | undefined,
): MapValue {
  const { spec, settings } = member;
  return fields({
    name: 'tidb',
    image,
    imagePullPolicy: settings.imagePullPolicy,
    command: ['/bin/sh', '/usr/local/bin/tidb_start_script.sh'],
    env: tidbEnv(member, slowLog),
    envFrom: unlessEmpty(copyList(spec.envFrom)),
    ports: [
      { name: 'server', containerPort: PORTS.server, protocol: 'TCP' },
      { name: 'status', containerPort: PORTS.status, protocol: 'TCP' },
    ],
    resources: containerResources(spec),
    lifecycle: copy(spec.lifecycle),
    readinessProbe: readinessProbe(readinessCheck(member), spec.readinessProbe),
    startupProbe: spec.customizedStartupProbe && startupProbe(spec.customizedStartupProbe),
    securityContext: copy(spec.securityContext),
    volumeMounts: tidbMounts(member),
  });
}

function readinessCheck({ spec, clusterTls }: Member<TiDBSpec>): MapValue {
  if (spec.readinessProbe?.type !== 'command') return tcpCheck(PORTS.server);
  return statusCheck(PORTS.status, clusterTls ? TIDB_TLS_DIR : undefined);
}

function tidbEnv(
  { names, spec, cluster, report }: Member<TiDBSpec>,
  slowLog: string | undefined,
): MapValue[] {
  const generated = [
    envValue('CLUSTER_NAME', names.instance),
    envValue('TZ', cluster.timezone),
    envValue('BINLOG_ENABLED', String(spec.binlogEnabled ?? false)),
    envValue('SLOW_LOG_FILE', slowLog),
    envField('POD_NAME', 'metadata.name'),
    envField('NAMESPACE', 'metadata.namespace'),
    envValue('HEADLESS_SERVICE_NAME', names.peer),
  ];
  return serverEnv(generated, spec.env, report);
}
