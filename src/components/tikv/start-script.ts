import type { TiKVSpec } from '../../api/index.ts';
import {
  argsIf,
  isPlain,
  join,
  LABELS_VARIABLE,
  type Member,
  quote,
  reportQuoted,
  startScript,
  waitForName,
} from '../../expand/index.ts';
import { PORTS } from './ports.ts';

export const TIKV_DATA_DIR = '/var/lib/tikv';

/** How long a store waits for its own name, in seconds. */
const DNS_TIMEOUT = 30;

export function tikvStartScript(member: Member<TiKVSpec>): string {
  const { spec, cluster, clusterTls, pd, safe } = member;
  reportSplit(member);
  const v2 = cluster.startScriptVersion === 'v2';
  const scheme = v2 ? '' : clusterTls ? 'https://' : 'http://';
  const anyHost = cluster.preferIPv6 ? '[::]' : '0.0.0.0';
  const dynamic = cluster.enableDynamicConfiguration ?? false;
  // PD tells a store's address to all others, so it must be that of this pod and not of the one before it.
  const waits = v2 && (cluster.startScriptV2FeatureFlags?.includes('WaitForDnsNameIpMatch') ?? false);
  return startScript({
    server: 'tikv-server',
    clusterDomain: cluster.clusterDomain,
    before: waits ? waitForName({ seconds: DNS_TIMEOUT, isOwn: true }) : [],
    args: [
      quote(`--pd=${scheme}${pd}`),
      `--advertise-addr="$host:${PORTS.server}"`,
      quote(`--addr=${anyHost}:${PORTS.server}`),
      quote(`--status-addr=${anyHost}:${PORTS.status}`),
      ...(dynamic ? [`--advertise-status-addr="$host:${PORTS.status}"`] : []),
      quote(`--data-dir=${join(TIKV_DATA_DIR, spec.dataSubDir ?? '')}`),
      '--capacity="$CAPACITY"',
      '--config=/etc/tikv/tikv.toml',
    ],
    after: [
      ...argsIf(`[ -n "\${${LABELS_VARIABLE}:-}" ]`, `--labels "$${LABELS_VARIABLE}"`),
      ...(safe?.afterStart === undefined ? [] : ['', `${safe.afterStart.map(quote).join(' ')} &`]),
    ],
  });
}

/** A value that the operator's script takes apart at blanks, and more. Labels that it would are errors of their own. */
function reportSplit({ spec: { dataSubDir = '' }, at }: Member<TiKVSpec>): void {
  if (dataSubDir !== '' && !isPlain(dataSubDir)) reportQuoted(dataSubDir, at.to('spec', 'dataSubDir'));
}
