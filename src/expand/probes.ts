import type { ServerProbe } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { certificateFiles } from './certificates.ts';
import { fields } from './copy.ts';

export function tcpCheck(port: number): MapValue {
  return { tcpSocket: { port } };
}

/** TiDB's own status page, asked with the certificate that the cluster knows the server by. */
export function statusCheck(port: number, certificates: string | undefined): MapValue {
  const scheme = certificates === undefined ? 'http' : 'https';
  const command = ['curl', `${scheme}://127.0.0.1:${port}/status`, '--fail', '--location'];
  if (certificates !== undefined) {
    const { ca, cert, key } = certificateFiles(certificates);
    command.push('--cacert', ca, '--cert', cert, '--key', key);
  }
  return { exec: { command } };
}

/** Zero is what Kubernetes takes an unwritten number for. */
export function readinessProbe(check: MapValue, written: ServerProbe | undefined): MapValue {
  return fields({
    ...check,
    initialDelaySeconds: (written?.initialDelaySeconds ?? 10) || undefined,
    periodSeconds: written?.periodSeconds || undefined,
  });
}
