import type { PDSpec } from '../../api/index.ts';
import {
  fullName,
  isPlain,
  join,
  listedHosts,
  type Member,
  quote,
  reportQuoted,
  startScript,
  waitForName,
} from '../../expand/index.ts';
import { DATA_DIR } from './config-facts.ts';
import { PORTS } from './ports.ts';

/** How long a member waits for its own name where nothing else is said, in seconds. */
const DNS_TIMEOUT = 30;

export function pdStartScript(member: Member<PDSpec>): string {
  const { spec, cluster, clusterTls, within } = member;
  const { dataSubDir = '' } = spec;
  if (dataSubDir !== '' && !isPlain(dataSubDir)) {
    reportQuoted(dataSubDir, member.at.to('spec', 'dataSubDir'));
  }
  const scheme = clusterTls ? 'https' : 'http';
  // A member keeps its name for good, and pods of several Kubernetes clusters may be called alike.
  const isFullName = Boolean(cluster.acrossK8s || cluster.clusterDomain);
  return startScript({
    server: 'pd-server',
    clusterDomain: cluster.clusterDomain,
    peerVariable: 'PEER_SERVICE_NAME',
    before: [...operatedLines(member), ...waitLines(member)],
    args: [
      ...(spec.mode === 'ms' && within?.pdms ? ['services', 'api'] : []),
      isFullName ? '--name="$host"' : '--name="${POD_NAME:-$HOSTNAME}"',
      quote(`--data-dir=${join(DATA_DIR, dataSubDir)}`),
      `--peer-urls=${scheme}://0.0.0.0:${PORTS.peer}`,
      `--advertise-peer-urls="${scheme}://$host:${PORTS.peer}"`,
      `--client-urls=${scheme}://0.0.0.0:${PORTS.client}`,
      `--advertise-client-urls="${scheme}://$host:${PORTS.client}"`,
      '--config=/etc/pd/pd.toml',
      // A member that has data knows the others, and reads this no more.
      quote(`--join=${joined(member, scheme)}`),
    ],
    after: [],
  });
}

/** The members that are there already, as addresses of them or of their Service. */
function joined(member: Member<PDSpec>, scheme: string): string {
  const hosts = listedHosts(member.cluster);
  // TiDB Operator takes the port for members here, whatever was written.
  if (hosts.length > 0) return hosts.map((host) => `${scheme}://${host}:${PORTS.peer}`).join(',');
  return `${scheme}://${serviceOfBase(member)}:${PORTS.client}`;
}

/** As TiDB Operator's discovery service does, it goes by the namespace; a cluster IP does not reach another Kubernetes. */
function serviceOfBase({ base, names, cluster }: Member<PDSpec>): string {
  if (cluster.acrossK8s) return fullName(base, `${base.name}-pd-peer`);
  const service = `${base.name}-pd`;
  return base.namespace === names.namespace ? service : fullName(base, service);
}

function waitLines({ spec, cluster }: Member<PDSpec>): string[] {
  const flags = (cluster.startScriptVersion === 'v2' && cluster.startScriptV2FeatureFlags) || [];
  if (flags.includes('NoWaitDNS')) return [];
  const seconds = spec.startTimeout || DNS_TIMEOUT;
  const isOwn = flags.includes('WaitForDnsNameIpMatch');
  const first = isOwn && spec.initWaitTime ? ['', `sleep ${spec.initWaitTime}`] : [];
  return [...first, ...waitForName({ seconds, isOwn })];
}

/**
 * Of a TidbCluster's own PD nothing is written out: it is compared only. The line stands for what TiDB Operator's script
 * has of settings that are nothing to a script of ours.
 */
function operatedLines({ spec, cluster, within }: Member<PDSpec>): string[] {
  if (within === undefined || within.cluster?.name) return [];
  const { startScriptVersion, startScriptV2FeatureFlags, tlsCluster } = cluster;
  const { startUpScriptVersion, initWaitTime } = spec;
  const settings = [
    startScriptVersion,
    startScriptV2FeatureFlags,
    tlsCluster,
    startUpScriptVersion,
    initWaitTime,
  ];
  return [`# ${JSON.stringify(settings)}`];
}
