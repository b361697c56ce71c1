import type { ConfigPart } from '../../config/index.ts';
import { clientSecret, clusterSecret, LABELS_VARIABLE } from '../../expand/index.ts';
import type { GroupComponent } from '../component.ts';
import { ignored, isMounted, MOUNTS_CONFIG } from './checks.ts';
import { CONFIG_TEMPLATE, configFacts, PROXY_TEMPLATE } from './config-facts.ts';
import { directories } from './directories.ts';
import { PORTS } from './ports.ts';

const CONFIG: ConfigPart = {
  name: 'tiflash.config',
  key: CONFIG_TEMPLATE,
  file: 'config',
  path: ['config', 'config'],
  in: ({ tiflash: its }) => its?.config?.config,
};

const PROXY: ConfigPart = {
  name: 'tiflash.proxy',
  key: PROXY_TEMPLATE,
  file: 'proxy',
  path: ['config', 'proxy'],
  in: ({ tiflash: its }) => its?.config?.proxy,
};

export const tiflash: GroupComponent<'TiFlashGroup'> = {
  name: 'tiflash',
  title: 'TiFlash',
  keeps: 'columns',
  layer: 'stores',
  ports: PORTS,
  usesHelper: true,
  configs: [CONFIG, PROXY],
  labelsKey: 'server.labels',
  labelsVariable: (annotations) => (isMounted({ annotations }) ? LABELS_VARIABLE : undefined),
  listsKeys: 'everywhere',
  configFacts,
  directories,
  ignored,
  printedLogs: ['flash.flash_cluster.log', 'logger.errorlog', 'logger.log'],
  otherLogs: ['flash.proxy.log-file'],
  claims: { areListed: true },
  hasDeleteSlots: true,
  switches: [MOUNTS_CONFIG],
  group: {
    kind: 'TiFlashGroup',
    short: 'tfg',
    annotation: 'groups.pingcap.com/tiflash',
    of: ({ tiflash: its }) => its,
    as: (its) => ({ tiflash: its }),
    mapConfigs: ({ config, ...its }, change) => ({
      ...its,
      ...(config && {
        config: {
          ...(config.config && { config: change(CONFIG, config.config) }),
          ...(config.proxy && { proxy: change(PROXY, config.proxy) }),
        },
      }),
    }),
    turn: 'one by one',
    expansion: async () => (await import('./expansion.ts')).expansion,
    labelsIn: PROXY,
    findsPDAnywhere: (spec) => !isMounted(spec),
    pdIn: { key: 'raft.pd_addr' },
    makes: [
      ['StatefulSet', ''],
      ['Service', '-peer'],
    ],
    secrets: (instance, _, { clusterTls, asksPD }) =>
      clusterTls ? [clusterSecret(instance, 'tiflash'), ...(asksPD ? [clientSecret(instance)] : [])] : [],
  },
};
