import type { TiDBSpec } from '../../api/index.ts';
import {
  annotationsMount,
  annotationsVolume,
  type Certificate,
  certificateMounts,
  certificateVolumes,
  clusterCertificate,
  configMapVolume,
  configMounts,
  configVolumes,
  copyList,
  emptyVolume,
  type Member,
  mount,
  readOnlyMount,
  SQL_SERVER_TLS,
  secretVolume,
  storageMounts,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { startupProbeMount } from './startup-probe.ts';

export const SERVER_TLS_DIR = '/var/lib/tidb-server-tls';
const AUTH_TOKEN = 'tidb-auth-token';
const BOOTSTRAP = 'tidb-bootstrap-sql';
const SLOW_LOG = 'slowlog';

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

function certificates({ names, spec, clusterTls }: Member<TiDBSpec>): Certificate[] {
  const { instance } = names;
  const server = { volume: SQL_SERVER_TLS, path: SERVER_TLS_DIR, secret: serverSecret(instance) };
  return [
    ...(clusterTls ? [clusterCertificate(instance, 'tidb')] : []),
    ...(spec.tlsClient?.enabled ? [server] : []),
  ];
}

export function tidbMounts(member: Member<TiDBSpec>): MapValue[] {
  const { spec } = member;
  const probe = spec.customizedStartupProbe;
  return [
    annotationsMount(),
    ...configMounts('tidb'),
    ...(spec.tokenBasedAuthEnabled ? [readOnlyMount(AUTH_TOKEN, '/var/lib/tidb-auth-token')] : []),
    ...certificateMounts(certificates(member)),
    ...(spec.bootstrapSQLConfigMapName ? [readOnlyMount(BOOTSTRAP, '/etc/tidb-bootstrap')] : []),
    ...storageMounts('tidb', spec.storageVolumes),
    ...copyList(spec.additionalVolumeMounts),
    ...(ownSlowLog(spec) ? [slowLogMount()] : []),
    ...(probe ? [startupProbeMount(probe.binaryName)] : []),
  ];
}

export function tidbVolumes(member: Member<TiDBSpec>, configMap: string): MapValue[] {
  const { names, spec } = member;
  const { bootstrapSQLConfigMapName: bootstrap, customizedStartupProbe: probe } = spec;
  const { server } = names;
  return [
    annotationsVolume(),
    ...configVolumes('tidb', configMap),
    ...(spec.tokenBasedAuthEnabled ? [secretVolume(AUTH_TOKEN, `${server}-auth-token-jwks-secret`)] : []),
    ...(bootstrap ? [configMapVolume(BOOTSTRAP, bootstrap, 'bootstrap-sql', 'bootstrap.sql')] : []),
    ...certificateVolumes(certificates(member)),
    ...(ownSlowLog(spec) ? [emptyVolume(SLOW_LOG)] : []),
    ...(probe ? [emptyVolume(probe.binaryName)] : []),
  ];
}
