import type { PDSpec } from '../../api/index.ts';
import {
  annotationsVolume,
  CONFIG_FILE,
  certificateVolumes,
  claimTemplate,
  configVolumes,
  type Expansion,
  STARTUP_SCRIPT,
  storageClaims,
} from '../../expand/index.ts';
import { pdCertificates } from './certificates.ts';
import { pdConfig } from './config.ts';
import { pdContainer } from './container.ts';
import { PORTS } from './ports.ts';
import { pdServices } from './services.ts';
import { pdStartScript } from './start-script.ts';

export const expansion: Expansion<PDSpec> = {
  component: 'pd',
  files: (member, { config }, image) => ({
    [CONFIG_FILE]: pdConfig(member, config, image),
    [STARTUP_SCRIPT]: pdStartScript(member),
  }),
  pod: (member, image, configMap) => ({
    containers: [pdContainer(member, image)],
    initContainers: [],
    volumes: [
      annotationsVolume(),
      ...configVolumes('pd', configMap),
      ...certificateVolumes(pdCertificates(member, image)),
    ],
    metrics: { port: PORTS.client },
    sysctlContainer: 'init',
  }),
  claims: (member) => [
    claimTemplate('pd', member.spec.requests?.storage, member.spec),
    ...storageClaims(member),
  ],
  services: pdServices,
};
