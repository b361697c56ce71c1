import type { TiDBSpec } from '../api/index.ts';
import type { MapValue } from '../list/index.ts';
import { copyList } from './copy.ts';
import type { Member } from './member.ts';
import { startupProbeMount } from './startup-probe.ts';
import {
  annotationsMount,
  annotationsVolume,
  configMapVolume,
  configMounts,
  configVolumes,
  emptyVolume,
  mount,
  readOnlyMount,
  secretVolume,
  storageMounts,
} from './volumes.ts';

const TLS = 'tidb-tls';
const SERVER_TLS = 'tidb-server-tls';
const AUTH_TOKEN = 'tidb-auth-token';
const BOOTSTRAP = 'tidb-bootstrap-sql';
const SLOW_LOG = 'slowlog';

/** Where the certificate is by which the cluster knows the server. */
export const TIDB_TLS_DIR = '/var/lib/tidb-tls';
/** The slow log's directory, unless the user names a volume for it. */
export const SLOW_LOG_DIR = '/var/log/tidb';

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
    ...(clusterTls ? [secretVolume(TLS, `${server}-cluster-secret`)] : []),
    ...(spec.tlsClient?.enabled ? [secretVolume(SERVER_TLS, `${server}-server-secret`)] : []),
    ...(ownSlowLog(spec) ? [emptyVolume(SLOW_LOG)] : []),
    ...(probe ? [emptyVolume(probe.binaryName)] : []),
  ];
}
