import {
  type ConfigTable,
  canonical,
  inject,
  type ReportConfig,
  readConfig,
  setDefault,
} from '../../config/index.ts';
import { certificateFiles, tlsDirectory } from '../../expand/index.ts';
import type { Value } from '../../yaml/index.ts';
import { SERVER_TLS_DIR } from './volumes.ts';

export interface TidbConfigOptions {
  /** Whether the members of the cluster talk TLS to each other. */
  readonly clusterTls: boolean;
  /** TLS for MySQL clients; `verified` wants certificates from them too. */
  readonly clientTls: 'off' | 'unverified' | 'verified';
  /** Whether a `bootstrap.sql` is mounted (`bootstrapSQLConfigMapName`). */
  readonly bootstrapSql: boolean;
  /** `tokenBasedAuthEnabled`. */
  readonly tokenAuth: boolean;
}

const CLUSTER = certificateFiles(tlsDirectory('tidb'));
const SERVER = certificateFiles(SERVER_TLS_DIR);

const CLUSTER_TLS = {
  'security.cluster-ssl-ca': CLUSTER.ca,
  'security.cluster-ssl-cert': CLUSTER.cert,
  'security.cluster-ssl-key': CLUSTER.key,
};

const CLIENT_TLS = { 'security.ssl-cert': SERVER.cert, 'security.ssl-key': SERVER.key };

const CLIENT_CA = { 'security.ssl-ca': SERVER.ca };

const BOOTSTRAP_SQL = { 'initialize-sql-file': '/etc/tidb-bootstrap/bootstrap.sql' };

const TOKEN_AUTH = { 'security.auth-token-jwks': '/var/lib/tidb-auth-token/tidb_auth_token_jwks.json' };

/** How many old files of the log and of the slow log TiDB Operator v1 has a server keep, which by itself keeps all. */
export const MAX_BACKUPS = { key: 'log.file.max-backups', value: 3 };

/** The text of a TiDB group's `config-file`. */
export function tidbConfig(
  config: Value | undefined,
  options: TidbConfigOptions,
  report: ReportConfig,
): string {
  const table = readConfig('tidb', config, 'server', report);
  setDefaults(table, report);
  if (options.clusterTls) inject(table, CLUSTER_TLS, report);
  if (options.clientTls !== 'off') inject(table, CLIENT_TLS, report);
  if (options.clientTls === 'verified') inject(table, CLIENT_CA, report);
  if (options.bootstrapSql) inject(table, BOOTSTRAP_SQL, report);
  if (options.tokenAuth) inject(table, TOKEN_AUTH, report);
  return canonical(table);
}

/** The operator adds this to every TiDB config that is there, and writes it back into the TidbCluster. */
export function setDefaults(table: ConfigTable, report: ReportConfig): void {
  setDefault(table, MAX_BACKUPS.key, MAX_BACKUPS.value, report);
}
