import type { TiFlashSpec } from '../../api/index.ts';
import { LABELS_VARIABLE, type Member, quote, reachablePD, startScript } from '../../expand/index.ts';
import { isMounted } from './checks.ts';
import { CONFIG_TEMPLATE } from './config-facts.ts';
import { PORTS } from './ports.ts';
import { FIRST, TEMPLATES } from './templates.ts';

export function tiflashStartScript(member: Member<TiFlashSpec>): string {
  const { spec, cluster, clusterTls, settings } = member;
  const server = {
    server: 'tiflash',
    directory: '/tiflash/',
    clusterDomain: cluster.clusterDomain,
    before: [],
  };
  if (!isMounted(spec)) {
    return startScript({ ...server, args: ['server', `--config-file ${FIRST.path}/config.toml`], after: [] });
  }
  const isV2 = cluster.startScriptVersion === 'v2';
  const scheme = isV2 ? '' : clusterTls ? 'https://' : 'http://';
  return startScript({
    ...server,
    podName: settings.hostNetwork ? '$POD_NAME' : '$HOSTNAME',
    args: [
      'server',
      `--config-file ${TEMPLATES}/${CONFIG_TEMPLATE}`,
      '--',
      `--flash.proxy.advertise-addr="$host:${PORTS.proxy}"`,
      ...(cluster.enableDynamicConfiguration
        ? [`--flash.proxy.advertise-status-addr="$host:${PORTS.proxyStatus}"`]
        : []),
      `--flash.service_addr="$host:${PORTS.flash}"`,
      quote(`--raft.pd_addr=${scheme}${reachablePD(member)}`),
    ],
    // Flux would put in a value for `${STORE_LABELS:-}`.
    after: [
      'set +u',
      `if [ -n "$${LABELS_VARIABLE}" ]; then`,
      `  set -- "$@" --labels "$${LABELS_VARIABLE}"`,
      'fi',
    ],
  });
}
