import type { ConfigPart } from '../../config/index.ts';
import { CONFIG_FILE, clientSecret, clusterSecret } from '../../expand/index.ts';
import type { GroupComponent } from '../component.ts';
import { checkBeside, ignored, ignoredInGroup } from './checks.ts';
import { configFacts, PD_KEY } from './config-facts.ts';
import { PORTS } from './ports.ts';

const CONFIG: ConfigPart = {
  name: 'tiproxy',
  key: CONFIG_FILE,
  file: 'config',
  path: ['config'],
  in: ({ tiproxy }) => tiproxy?.config,
};

export const tiproxy: GroupComponent<'TiProxyGroup'> = {
  name: 'tiproxy',
  title: 'TiProxy',
  keeps: 'nothing',
  layer: 'proxies',
  ports: PORTS,
  hasOwnVersions: true,
  configs: [CONFIG],
  labelsKey: 'labels',
  listsKeys: 'everywhere',
  configFacts,
  claims: {},
  hasDeleteSlots: true,
  ignored,
  group: {
    kind: 'TiProxyGroup',
    short: 'tpg',
    annotation: 'groups.pingcap.com/tiproxy',
    of: ({ tiproxy: its }) => its,
    as: (its) => ({ tiproxy: its }),
    mapConfigs: ({ config, ...its }, change) => ({
      ...its,
      ...(config && { config: change(CONFIG, config) }),
    }),
    turn: 'aside',
    expansion: async () => (await import('./expansion.ts')).expansion,
    labelsIn: CONFIG,
    pdIn: { key: PD_KEY },
    makes: [
      ['StatefulSet', ''],
      ['Service', '-peer'],
      ['Service', ''],
      ['ConfigMap', ''],
    ],
    secrets: (instance, _, { clusterTls }) =>
      clusterTls ? [clientSecret(instance), clusterSecret(instance, 'tiproxy')] : [],
    ignored: ignoredInGroup,
    checkBeside,
  },
};
