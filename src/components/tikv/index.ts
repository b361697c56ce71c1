import type { ConfigPart } from '../../config/index.ts';
import { CONFIG_FILE, clientSecret, clusterSecret, LABELS_VARIABLE } from '../../expand/index.ts';
import type { GroupComponent } from '../component.ts';
import { ignored, logVolumes, operatorOnly } from './checks.ts';
import { configFacts } from './config-facts.ts';
import { directories } from './directories.ts';
import { drainer } from './drainer.ts';
import { expansion } from './expansion.ts';
import { PORTS } from './ports.ts';
import { safety } from './safety.ts';
import { TIKV_DATA_DIR } from './start-script.ts';

const CONFIG: ConfigPart = {
  name: 'tikv',
  key: CONFIG_FILE,
  file: 'config',
  path: ['config'],
  in: ({ tikv }) => tikv?.config,
};

export const tikv: GroupComponent<'TiKVGroup'> = {
  name: 'tikv',
  title: 'TiKV',
  keeps: 'regions',
  layer: 'stores',
  ports: PORTS,
  arePortsChecked: true,
  configs: [CONFIG],
  labelsKey: 'server.labels',
  labelsVariable: () => LABELS_VARIABLE,
  configFacts,
  directories,
  claims: { data: 'tikv', path: TIKV_DATA_DIR, areChecked: true },
  hasDeleteSlots: true,
  logVolumes,
  ignored,
  group: {
    kind: 'TiKVGroup',
    short: 'tkg',
    annotation: 'groups.pingcap.com/tikv',
    of: ({ tikv: its }) => its,
    as: (its) => ({ tikv: its }),
    mapConfigs: ({ config, ...its }, change) => ({
      ...its,
      ...(config && { config: change(CONFIG, config) }),
    }),
    turn: 'one by one',
    expansion,
    safety,
    drainer,
    labelsIn: CONFIG,
    needsConfig: true,
    pdIn: { argument: 'pd' },
    makes: [
      ['StatefulSet', ''],
      ['Service', '-peer'],
    ],
    secrets: (instance, { mountClusterClientSecret }, { clusterTls, asksPD }) =>
      clusterTls
        ? [
            clusterSecret(instance, 'tikv'),
            ...(asksPD || mountClusterClientSecret ? [clientSecret(instance)] : []),
          ]
        : [],
    operatorOnly,
  },
};
