import type { TiFlashSpec } from '../../api/index.ts';
import { type Expansion, peerService } from '../../expand/index.ts';
import { isMounted } from './checks.ts';
import { tiflashConfigs } from './config.ts';
import { tiflashContainer } from './container.ts';
import { tiflashLogTailers } from './logs.ts';
import { PORTS } from './ports.ts';
import { configMaker } from './templates.ts';
import { tiflashClaims, tiflashVolumes } from './volumes.ts';

export const expansion: Expansion<TiFlashSpec> = {
  component: 'tiflash',
  files: tiflashConfigs,
  pod: (member, image, configMap) => ({
    containers: [tiflashContainer(member, image), ...tiflashLogTailers(member)],
    initContainers: isMounted(member.spec) ? [] : [configMaker(member)],
    volumes: tiflashVolumes(member, configMap),
    metrics: {
      port: PORTS.metrics,
      annotations: { 'tiflash.proxy.prometheus.io/port': String(PORTS.proxyStatus) },
    },
    sysctlContainer: 'sysctl',
  }),
  claims: tiflashClaims,
  services: (member) => [
    peerService(
      member,
      {
        tiflash: PORTS.flash,
        proxy: PORTS.proxy,
        metrics: PORTS.metrics,
        'proxy-metrics': PORTS.proxyStatus,
      },
      {},
    ),
  ],
};
