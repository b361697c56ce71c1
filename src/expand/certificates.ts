import type { ComponentName } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { clientSecret, clusterSecret } from './names.ts';
import { readOnlyMount, secretVolume } from './volumes.ts';

/** A certificate: its Secret, and where the pods have it. */
export interface Certificate {
  readonly volume: string;
  readonly path: string;
  readonly secret: string;
}

/** The volume of the certificate by which pods ask the cluster's servers. */
export const CLIENT_TLS = 'cluster-client-tls';
/** That of the certificate which MySQL clients see, and that by which the cluster's own servers ask TiDB. */
export const SQL_SERVER_TLS = 'tidb-server-tls';
export const SQL_CLIENT_TLS = 'tidb-client-tls';

/** The volume of the certificate by which the cluster knows the servers of a component. */
export function clusterTlsVolume(component: ComponentName): string {
  return `${component}-tls`;
}

/** Where the servers of a component have the certificate by which the cluster knows them. */
export function tlsDirectory(component: ComponentName): string {
  return `/var/lib/${component}-tls`;
}

/** The files of a certificate in its directory. */
export function certificateFiles(directory: string): { ca: string; cert: string; key: string } {
  return { ca: `${directory}/ca.crt`, cert: `${directory}/tls.crt`, key: `${directory}/tls.key` };
}

/** The certificate by which the cluster knows the servers of a component. */
export function clusterCertificate(instance: string, component: ComponentName): Certificate {
  return {
    volume: clusterTlsVolume(component),
    path: tlsDirectory(component),
    secret: clusterSecret(instance, component),
  };
}

/** The certificate of whoever asks the cluster's servers. */
export function clientCertificate(instance: string): Certificate {
  return {
    volume: CLIENT_TLS,
    path: '/var/lib/cluster-client-tls',
    secret: clientSecret(instance),
  };
}

export function certificateMounts(certificates: readonly Certificate[]): MapValue[] {
  return certificates.map(({ volume, path }) => readOnlyMount(volume, path));
}

export function certificateVolumes(certificates: readonly Certificate[]): MapValue[] {
  return certificates.map(({ volume, secret }) => secretVolume(volume, secret));
}
