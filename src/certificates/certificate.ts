import type { CertificatesSpec } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { type Place, sansOf } from './names.ts';
import { type Purpose, USES } from './purposes.ts';
import { durationOf, ISSUER_GROUP, renewBeforeOf } from './settings.ts';

/** A certificate that pods mount, or that is needed to ask them. */
export interface Wanted {
  readonly secret: string;
  readonly purpose: Purpose;
  /** The names by which its servers are found: Services, and behind a `*.` the pods of one. None for a client. */
  readonly names: readonly string[];
}

/** Who signs. */
export interface Signer {
  readonly settings: CertificatesSpec;
  readonly kind: string;
}

/** The Certificate for a Secret, in the namespace of the pods that mount it. */
export function certificate(
  { secret, purpose, names }: Wanted,
  place: Place,
  { settings, kind }: Signer,
): MapValue {
  const { commonName, usages } = USES[purpose];
  return {
    apiVersion: `${ISSUER_GROUP}/v1`,
    kind: 'Certificate',
    metadata: { name: secret, ...(place.namespace !== '' && { namespace: place.namespace }) },
    spec: {
      secretName: secret,
      duration: durationOf(settings),
      renewBefore: renewBeforeOf(settings),
      subject: { organizations: ['PingCAP'] },
      commonName,
      // Its default has changed with the versions of cert-manager, and each of them would be a change here.
      privateKey: { rotationPolicy: 'Always' },
      usages: [...usages],
      ...(names.length > 0 && { dnsNames: sansOf(names, place), ipAddresses: ['127.0.0.1', '::1'] }),
      issuerRef: { name: settings.issuer, kind, group: settings.issuerGroup ?? ISSUER_GROUP },
    },
  };
}
