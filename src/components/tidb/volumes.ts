import type { TiDBSpec } from '../../api/index.ts';
import {
  annotationsMount,
  annotationsVolume,
  clusterSecret,
  configMapVolume,
  configMounts,
  configVolumes,
  copyList,
  emptyVolume,
  type Member,
  mount,
  readOnlyMount,
  secretVolume,
  storageMounts,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { startupProbeMount } from './startup-probe.ts';

const TLS = 'tidb-tls';
/** The volume of the certificate that MySQL clients see. */
export const SERVER_TLS = 'tidb-server-tls';
const AUTH_TOKEN = 'tidb-auth-token';
const BOOTSTRAP = 'tidb-bootstrap-sql';
const SLOW_LOG = 'slowlog';

/** Where the certificate is by which the cluster knows the server. */
export const TIDB_TLS_DIR = '/var/lib/tidb-tls';
/** The slow log's directory, unless the user names a volume for it. */
export const SLOW_LOG_DIR = '/var/log/tidb';

/** The Secret of the certificate that MySQL clients see. */
export function serverSecret(instance: string): string {
  return `${instance}-tidb-server-secret`;
}

export function slowLogMount(): MapValue {
  return mount(SLOW_LOG, SLOW_LOG_DIR);
}

/** Whether the slow log has a volume that is generated for it. */
function ownSlowLog({ separateSlowLog, slowLogVolumeName }: TiDBSpec): boolean {
  return (separateSlowLog ?? true) && !slowLogVolumeName;
}

export function tidbMounts({ spec, clusterTls }: Member<TiDBSpec>): MapValue[] {
  const probe = spec.customizedStartupProbe;
  return [
    annotationsMount(),
    ...configMounts('tidb'),
    ...(spec.tokenBasedAuthEnabled ? [readOnlyMount(AUTH_TOKEN, '/var/lib/tidb-auth-token')] : []),
    ...(clusterTls ? [readOnlyMount(TLS, TIDB_TLS_DIR)] : []),
    ...(spec.tlsClient?.enabled ? [readOnlyMount(SERVER_TLS, '/var/lib/tidb-server-tls')] : []),
    ...(spec.bootstrapSQLConfigMapName ? [readOnlyMount(BOOTSTRAP, '/etc/tidb-bootstrap')] : []),
    ...storageMounts('tidb', spec.storageVolumes),
    ...copyList(spec.additionalVolumeMounts),
    ...(ownSlowLog(spec) ? [slowLogMount()] : []),
    ...(probe ? [startupProbeMount(probe.binaryName)] : []),
  ];
}

export function tidbVolumes({ names, spec, clusterTls }: Member<TiDBSpec>, configMap: string): MapValue[] {
  const { bootstrapSQLConfigMapName: bootstrap, customizedStartupProbe: probe } = spec;
  const { server } = names;
  return [
    annotationsVolume(),
    ...configVolumes('tidb', configMap),
    ...(spec.tokenBasedAuthEnabled ? [secretVolume(AUTH_TOKEN, `${server}-auth-token-jwks-secret`)] : []),
    ...(bootstrap ? [configMapVolume(BOOTSTRAP, bootstrap, 'bootstrap-sql', 'bootstrap.sql')] : []),
    ...(clusterTls ? [secretVolume(TLS, clusterSecret(names.instance, 'tidb'))] : []),
    ...(spec.tlsClient?.enabled ? [secretVolume(SERVER_TLS, serverSecret(names.instance))] : []),
    ...(ownSlowLog(spec) ? [emptyVolume(SLOW_LOG)] : []),
    ...(probe ? [emptyVolume(probe.binaryName)] : []),
  ];
}
