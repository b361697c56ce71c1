import type { DNSName, Duration } from './scalars.ts';

/** How cert-manager makes the certificates that servers with TLS mount. */
export type CertificatesSpec = {
  /**
   * How long a certificate is valid, at least an hour.
   * @default 8760h
   */
  duration?: Duration;
  /** The Issuer or ClusterIssuer of cert-manager that signs the certificates of all servers; its CA is the one they trust. */
  issuer: DNSName;
  /**
   * The API group of the issuer, for one that is not of cert-manager itself.
   * @default cert-manager.io
   */
  issuerGroup?: DNSName;
  /**
   * The kind of the issuer. By default an `Issuer`, and a `ClusterIssuer` where a TidbCluster and its groups are in several
   * namespaces, because an Issuer signs in its own namespace only.
   */
  issuerKind?: string;
  /**
   * How long before its end a certificate is renewed, at least five minutes. Servers read the new files without a restart.
   * @default 360h
   */
  renewBefore?: Duration;
};
