import type { TiKVSpec } from '../../api/index.ts';
import { reportAt } from '../../config/index.ts';
import { CONFIG_FILE, type Expansion, peerService, STARTUP_SCRIPT } from '../../expand/index.ts';
import { tikvConfig } from './config.ts';
import { tikvContainer } from './container.ts';
import { reportGrace } from './grace.ts';
import { tikvLogTailers } from './logs.ts';
import { PORTS } from './ports.ts';
import { tikvStartScript } from './start-script.ts';
import { tikvClaims, tikvVolumes } from './volumes.ts';

export const expansion: Expansion<TiKVSpec> = {
  component: 'tikv',
  files: (member, { config }) => ({
    [CONFIG_FILE]: tikvConfig(config, member, reportAt(member.at.to('spec', 'config'), config)),
    [STARTUP_SCRIPT]: tikvStartScript(member),
  }),
  pod: (member, image, configMap) => {
    reportGrace(member, image);
    return {
      containers: [...tikvLogTailers(member, image), tikvContainer(member, image)],
      initContainers: [],
      volumes: tikvVolumes(member, configMap),
      metrics: { port: PORTS.status },
      sysctlContainer: 'init',
    };
  },
  claims: tikvClaims,
  services: (member) => [peerService(member, { peer: PORTS.server })],
};
