import type { ServerSpec, TiDBTLSClient } from '../api/index.ts';
import type { Member } from './member.ts';

/** By this annotation a TidbCluster says that its own servers ask TiDB without TLS. */
const WITHOUT_TLS = 'tidb.tidb.pingcap.com/skip-tls-when-connect-tidb';

/** The Secret of the certificate by which a TidbCluster's own servers ask TiDB, unless another is named. */
export function tidbClientSecret(instance: string, named: string | undefined): string {
  return named ?? `${instance}-tidb-client-secret`;
}

/**
 * TLS for the MySQL clients of the TiDB in the same TidbCluster. A group has no TiDB beside it, whatever the TidbCluster
 * that it joins has, so it gets no certificates for that.
 */
export function clientTlsBeside({ within }: Member<ServerSpec>): TiDBTLSClient | undefined {
  const tls = within?.tidb?.tlsClient;
  return tls?.enabled ? tls : undefined;
}

export function asksWithoutTls({ annotations }: Member<ServerSpec>): boolean {
  return annotations[WITHOUT_TLS] !== undefined;
}
