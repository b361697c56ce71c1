import type { CertificatesSpec } from '../api/index.ts';

/** The API group of cert-manager's own issuers. */
export const ISSUER_GROUP = 'cert-manager.io';

/** As TiDB Operator's pages have it: a year, renewed 15 days before its end. */
export function durationOf({ duration }: CertificatesSpec): string {
  return duration || '8760h';
}

export function renewBeforeOf({ renewBefore }: CertificatesSpec): string {
  return renewBefore || '360h';
}
