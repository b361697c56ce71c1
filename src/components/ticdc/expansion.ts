import type { TiCDCSpec } from '../../api/index.ts';
import { type Expansion, peerService, storageClaims } from '../../expand/index.ts';
import { ticdcFiles } from './config.ts';
import { ticdcContainer } from './container.ts';
import { PORTS } from './ports.ts';
import { ticdcLastVolumes, ticdcVolumes } from './volumes.ts';

export const expansion: Expansion<TiCDCSpec> = {
  component: 'ticdc',
  files: ticdcFiles,
  pod: (member, image, configMap) => ({
    containers: [ticdcContainer(member, image)],
    initContainers: [],
    volumes: ticdcVolumes(member),
    lastVolumes: ticdcLastVolumes(member, configMap),
    metrics: { port: PORTS.ticdc },
  }),
  claims: storageClaims,
  services: (member) => [peerService(member, PORTS, {})],
};
