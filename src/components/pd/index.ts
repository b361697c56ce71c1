import type { ConfigPart } from '../../config/index.ts';
import { CONFIG_FILE, clientSecret, clusterSecret } from '../../expand/index.ts';
import type { GroupComponent } from '../component.ts';
import { checkBeside, ignored, ignoredInGroup } from './checks.ts';
import { configFacts, DATA_DIR } from './config-facts.ts';
import { PORTS } from './ports.ts';

const CONFIG: ConfigPart = {
  name: 'pd',
  key: CONFIG_FILE,
  file: 'config',
  path: ['config'],
  in: ({ pd }) => pd?.config,
};

export const pd: GroupComponent<'PDGroup'> = {
  name: 'pd',
  title: 'PD',
  keeps: 'quorum',
  layer: 'placement',
  ports: PORTS,
  arePortsChecked: true,
  configs: [CONFIG],
  labelsKey: 'server.labels',
  listsKeys: 'in groups',
  configFacts,
  claims: { data: 'pd', path: DATA_DIR, areChecked: true },
  dataDir: ({ dataSubDir = '' }) => `${DATA_DIR}/${dataSubDir}`,
  hasDeleteSlots: true,
  ignored,
  group: {
    kind: 'PDGroup',
    short: 'pdg',
    annotation: 'groups.pingcap.com/pd',
    of: ({ pd: its }) => its,
    as: (its) => ({ pd: its }),
    mapConfigs: ({ config, ...its }, change) => ({
      ...its,
      ...(config && { config: change(CONFIG, config) }),
    }),
    turn: 'one by one',
    expansion: async () => (await import('./expansion.ts')).expansion,
    needsConfig: true,
    // TiDB Operator's discovery service goes by the namespace.
    findsPDAnywhere: () => true,
    pdIn: { argument: 'join' },
    makes: [
      ['StatefulSet', ''],
      ['Service', '-peer'],
      ['Service', ''],
    ],
    secrets: (instance, { mountClusterClientSecret }, { clusterTls, asksPD }) =>
      clusterTls
        ? [
            clusterSecret(instance, 'pd'),
            ...(asksPD || mountClusterClientSecret ? [clientSecret(instance)] : []),
          ]
        : [],
    ignored: ignoredInGroup,
    ignoredKeys: {
      keys: ['replication', 'schedule', 'label-property'],
      why: 'PD reads it only when a cluster is new, and a group joins one that is there; set it there by `pd-ctl config set`, and write it in `spec.pd.config` of the TidbCluster',
    },
    checkBeside,
  },
};
