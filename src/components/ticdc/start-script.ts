import type { TiCDCSpec } from '../../api/index.ts';
import {
  certificateFiles,
  listedAsWritten,
  type Member,
  quote,
  reachablePD,
  startScript,
  tlsDirectory,
} from '../../expand/index.ts';
import { hasConfigFile, settingsOf } from './config.ts';
import { PORTS } from './ports.ts';
import { CONFIG_DIR, hasAnnotations } from './volumes.ts';

export function ticdcStartScript(member: Member<TiCDCSpec>): string {
  const { cluster, clusterTls } = member;
  const { gcTtl, logFile, logLevel } = settingsOf(member);
  const pd = listedAsWritten(cluster) ?? `${clusterTls ? 'https' : 'http'}://${reachablePD(member)}`;
  const { ca, cert, key } = certificateFiles(tlsDirectory('ticdc'));
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
      ...(clusterTls ? [`--ca=${ca}`, `--cert=${cert}`, `--key=${key}`] : []),
      ...(hasConfigFile(member) ? [`--config=${CONFIG_DIR}/ticdc.toml`] : []),
    ],
    after: [],
  });
}
