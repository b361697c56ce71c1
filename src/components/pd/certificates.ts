import type { PDSpec, TiDBTLSClient } from '../../api/index.ts';
import {
  asksWithoutTls,
  type Certificate,
  clientCertificate,
  clientTlsBeside,
  clusterCertificate,
  type Member,
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
    certificates.push({ volume: 'tidb-client-tls', path: DASHBOARD_DIR, secret });
  }
  return certificates;
}

/** TLS between the dashboard and the TiDB beside it; undefined where there is none, as in every group. */
export function dashboardTls(member: Member<PDSpec>, image: string): TiDBTLSClient | undefined {
  return asksWithoutTls(member) || isBefore4(image) ? undefined : clientTlsBeside(member);
}

/** By the image's tag; one that is no version, such as `nightly`, counts as new. */
function isBefore4(image: string): boolean {
  const major = /:v?(\d+)(?:\.\d+){0,2}(?:[-+][^:]*)?$/.exec(image)?.[1];
  return major !== undefined && Number(major) < 4;
}
