import type { TiCDCSpec } from '../../api/index.ts';
import { listedAsWritten, type Member, quote, reachablePD, startScript } from '../../expand/index.ts';
import { hasConfigFile, settingsOf } from './config.ts';
import { PORTS } from './ports.ts';
import { CONFIG_DIR, hasAnnotations, TLS_DIR } from './volumes.ts';

export function ticdcStartScript(member: Member<TiCDCSpec>): string {
  const { cluster, clusterTls } = member;
  const { gcTtl, logFile, logLevel } = settingsOf(member);
  const pd = listedAsWritten(cluster) ?? `${clusterTls ? 'https' : 'http'}://${reachablePD(member)}`;
  return startScript({
    server: 'cdc',
    clusterDomain: cluster.clusterDomain,
    podName: '$POD_NAME',
    hasAnnotations: hasAnnotations(member),
    before: [],
    args: [
      'server',
      `--addr=0.0.0.0:${PORTS.ticdc}`,
      `--advertise-addr="$host:${PORTS.ticdc}"`,
      quote(`--gc-ttl=${gcTtl}`),
      quote(`--log-file=${logFile}`),
      quote(`--log-level=${logLevel}`),
      quote(`--pd=${pd}`),
      ...(clusterTls
        ? [`--ca=${TLS_DIR}/ca.crt`, `--cert=${TLS_DIR}/tls.crt`, `--key=${TLS_DIR}/tls.key`]
        : []),
      ...(hasConfigFile(member) ? [`--config=${CONFIG_DIR}/ticdc.toml`] : []),
    ],
    after: [],
  });
}
