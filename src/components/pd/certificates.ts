import type { PDSpec, TiDBTLSClient } from '../../api/index.ts';
import {
  asksWithoutTls,
  type Certificate,
  clientCertificate,
  clientTlsBeside,
  clusterCertificate,
  imageVersion,
  type Member,
  SQL_CLIENT_TLS,
  tidbClientSecret,
} from '../../expand/index.ts';

/** By which the dashboard asks TiDB. */
export const DASHBOARD_DIR = '/var/lib/tidb-client-tls';

export function pdCertificates(member: Member<PDSpec>, image: string): Certificate[] {
  const { spec, clusterTls, names } = member;
  const { instance } = names;
  const certificates: Certificate[] = [];
  if (clusterTls) certificates.push(clusterCertificate(instance, 'pd'));
  if (clusterTls && spec.mountClusterClientSecret) certificates.push(clientCertificate(instance));
  if (dashboardTls(member, image)) {
    const secret = tidbClientSecret(instance, spec.tlsClientSecretName);
    certificates.push({ volume: SQL_CLIENT_TLS, path: DASHBOARD_DIR, secret });
  }
  return certificates;
}

/** TLS between the dashboard and the TiDB beside it; undefined where there is none, as in every group. */
export function dashboardTls(member: Member<PDSpec>, image: string): TiDBTLSClient | undefined {
  return asksWithoutTls(member) || isBefore4(image) ? undefined : clientTlsBeside(member);
}

/** One that is no version, such as `nightly`, counts as new. */
function isBefore4(image: string): boolean {
  const [major = 4] = image.includes(':') ? (imageVersion(image) ?? []) : [];
  return major < 4;
}
