import type { TiProxySpec } from '../../api/index.ts';
import {
  type ConfigTable,
  getKey,
  type Injected,
  inject,
  type ReportConfig,
  setDefault,
} from '../../config/index.ts';
import {
  asksWithoutTls,
  type Certificate,
  certificateFiles,
  clientCertificate,
  clientTlsBeside,
  clusterCertificate,
  type Member,
  SQL_CLIENT_TLS,
  SQL_SERVER_TLS,
  tidbClientSecret,
  tlsDirectory,
} from '../../expand/index.ts';

/** The certificates that the pods have. */
interface Certificates {
  /** By which TiProxy asks PD and the API of other servers. */
  readonly client?: Certificate;
  /** By which it answers at its own API. */
  readonly http?: Certificate;
  /** By which it answers MySQL clients. */
  readonly server?: Certificate;
  /** By which it asks TiDB. */
  readonly sql?: Certificate;
}

function asksByTls(member: Member<TiProxySpec>): boolean {
  return (member.spec.sslEnableTiDB ?? false) || !asksWithoutTls(member);
}

function isV1({ spec }: Member<TiProxySpec>): boolean {
  return spec.certLayout === 'v1';
}

export function tiproxyCertificates(member: Member<TiProxySpec>): Certificate[] {
  const { client, server, sql, http } = certificates(member);
  return (isV1(member) ? [client, http, server] : [client, server, sql, http]).filter(
    (one) => one !== undefined,
  );
}

function certificates(member: Member<TiProxySpec>): Certificates {
  const { names, spec, clusterTls } = member;
  const { instance } = names;
  const isForClients = clientTlsBeside(member) !== undefined;
  const own = clusterCertificate(instance, 'tiproxy');
  return {
    ...(clusterTls && { client: clientCertificate(instance) }),
    ...(clusterTls && isV1(member) && { http: own }),
    ...(clusterTls &&
      !isV1(member) &&
      !isForClients && { http: { ...own, path: '/var/lib/tiproxy-http-server-tls' } }),
    ...(isForClients && {
      server: {
        volume: SQL_SERVER_TLS,
        path: '/var/lib/tiproxy-server-tls',
        secret: `${instance}-tidb-server-secret`,
      },
    }),
    ...(isForClients &&
      asksByTls(member) &&
      !isV1(member) && {
        sql: {
          volume: SQL_CLIENT_TLS,
          path: '/var/lib/tiproxy-sql-tls',
          secret: tidbClientSecret(instance, spec.tlsClientSecretName),
        },
      }),
  };
}

/** Sets what a config says of certificates, as TiDB Operator does. */
export function setTls(table: ConfigTable, member: Member<TiProxySpec>, report: ReportConfig): void {
  const { client, server, http } = certificates(member);
  const v1 = isV1(member);
  const cluster = v1 ? http : client;
  if (cluster) inject(table, files('cluster-tls', cluster.path), report);
  if (server) setClientTls(table, member, server, report);
  // With `v1` it is written where there is no certificate, too.
  const api = http?.path ?? (v1 ? tlsDirectory('tiproxy') : server?.path);
  if (api) {
    inject(table, files('server-http-tls', api), report);
    inject(table, { 'security.server-http-tls.skip-ca': true }, report, 'nobody shows it a certificate');
  }
}

function setClientTls(
  table: ConfigTable,
  member: Member<TiProxySpec>,
  server: Certificate,
  report: ReportConfig,
): void {
  const { skipInternalClientCA, disableClientAuthn } = clientTlsBeside(member) ?? {};
  inject(table, files('server-tls', server.path, isV1(member) ? ['cert', 'key'] : FILES), report);
  setDefault(table, 'security.server-tls.skip-ca', true, report);
  if (!asksByTls(member)) return;
  const { sql } = certificates(member);
  if (skipInternalClientCA && getKey(table, 'security.sql-tls.skip-ca') === undefined) {
    setDefault(table, 'security.sql-tls.skip-ca', true, report);
  } else {
    inject(table, files('sql-tls', sql?.path ?? server.path, ['ca']), report);
  }
  if (sql && !disableClientAuthn) inject(table, files('sql-tls', sql.path, ['cert', 'key']), report);
}

const FILES = ['ca', 'cert', 'key'] as const;

function files(table: string, directory: string, which: readonly (typeof FILES)[number][] = FILES): Injected {
  const paths = certificateFiles(directory);
  return Object.fromEntries(which.map((file) => [`security.${table}.${file}`, paths[file]]));
}
