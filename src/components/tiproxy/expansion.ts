import type { TiProxySpec } from '../../api/index.ts';
import { reportAt } from '../../config/index.ts';
import {
  annotationsVolume,
  CONFIG_FILE,
  certificateVolumes,
  type Expansion,
  type Member,
  STARTUP_SCRIPT,
  storageClaims,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { tiproxyConfig } from './config.ts';
import { tiproxyContainer } from './container.ts';
import { PORTS } from './ports.ts';
import { tiproxyServices } from './services.ts';
import { tiproxyStartScript } from './start-script.ts';
import { tiproxyCertificates } from './tls.ts';

export const expansion: Expansion<TiProxySpec> = {
  component: 'tiproxy',
  readsFilesAnew: true,
  files: (member, { config }) => ({
    [CONFIG_FILE]: tiproxyConfig(config, member, reportAt(member.at.to('spec', 'config'), config)),
    [STARTUP_SCRIPT]: tiproxyStartScript(member),
  }),
  pod: (member, image, configMap) => ({
    containers: [tiproxyContainer(member, image)],
    initContainers: [],
    volumes: volumes(member, configMap),
    metrics: { port: PORTS.api, path: '/api/metrics' },
  }),
  claims: storageClaims,
  services: tiproxyServices,
};

function volumes(member: Member<TiProxySpec>, configMap: string): MapValue[] {
  const items = [
    { key: CONFIG_FILE, path: 'proxy.toml' },
    { key: STARTUP_SCRIPT, path: 'start.sh' },
  ];
  return [
    { name: 'config', configMap: { name: configMap, items } },
    annotationsVolume(),
    ...certificateVolumes(tiproxyCertificates(member)),
  ];
}
