import type { ConfigPart } from '../../config/index.ts';
import { CONFIG_FILE, clientSecret, clusterSecret } from '../../expand/index.ts';
import type { GroupComponent } from '../component.ts';
import { operatorOnly } from './checks.ts';
import { configFacts } from './config-facts.ts';
import { PORTS } from './ports.ts';

const CONFIG: ConfigPart = {
  name: 'ticdc',
  key: CONFIG_FILE,
  file: 'config',
  path: ['config'],
  in: ({ ticdc: its }) => its?.config,
};

export const ticdc: GroupComponent<'TiCDCGroup'> = {
  name: 'ticdc',
  title: 'TiCDC',
  keeps: 'nothing',
  layer: 'changefeeds',
  ports: PORTS,
  arePortsChecked: true,
  configs: [CONFIG],
  labelsKey: 'server.labels',
  listsKeys: 'everywhere',
  configFacts,
  claims: { areChecked: true },
  hasDeleteSlots: true,
  group: {
    kind: 'TiCDCGroup',
    short: 'tcg',
    annotation: 'groups.pingcap.com/ticdc',
    of: ({ ticdc: its }) => its,
    as: (its) => ({ ticdc: its }),
    mapConfigs: ({ config, ...its }, change) => ({
      ...its,
      ...(config && { config: change(CONFIG, config) }),
    }),
    turn: 'together',
    expansion: async () => (await import('./expansion.ts')).expansion,
    pdIn: { argument: 'pd' },
    makes: [
      ['StatefulSet', ''],
      ['Service', '-peer'],
    ],
    secrets: (instance, _, { clusterTls }) =>
      clusterTls ? [clusterSecret(instance, 'ticdc'), clientSecret(instance)] : [],
    operatorOnly,
  },
};
