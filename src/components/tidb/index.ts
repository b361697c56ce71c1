import type { ConfigPart } from '../../config/index.ts';
import { CONFIG_FILE, clientSecret, clusterSecret, SQL_SERVER_TLS } from '../../expand/index.ts';
import type { GroupComponent } from '../component.ts';
import { ignored, logVolumes, operatorOnly } from './checks.ts';
import { setDefaults } from './config.ts';
import { configFacts } from './config-facts.ts';
import { expansion } from './expansion.ts';
import { PORTS, servicePorts } from './ports.ts';
import { safety } from './safety.ts';
import { serverSecret } from './volumes.ts';

const CONFIG: ConfigPart = {
  name: 'tidb',
  key: CONFIG_FILE,
  file: 'config',
  path: ['config'],
  in: ({ tidb }) => tidb?.config,
  setDefaults,
};

export const tidb: GroupComponent<'TiDBGroup'> = {
  name: 'tidb',
  title: 'TiDB',
  keeps: 'nothing',
  layer: 'sql',
  ports: PORTS,
  arePortsChecked: true,
  configs: [CONFIG],
  labelsKey: 'labels',
  configFacts,
  claims: { areChecked: true },
  hasDeleteSlots: true,
  logVolumes,
  ignored,
  // Of two that clash the later is told of, and it is that for MySQL clients that users choose.
  servicePorts: (service) => servicePorts(service).reverse(),
  group: {
    kind: 'TiDBGroup',
    short: 'tdg',
    annotation: 'groups.pingcap.com/tidb',
    of: ({ tidb: its }) => its,
    as: (its) => ({ tidb: its }),
    mapConfigs: ({ config, ...its }, change) => ({
      ...its,
      ...(config && { config: change(CONFIG, config) }),
    }),
    turn: 'together',
    expansion,
    safety,
    labelsIn: CONFIG,
    needsConfig: true,
    pdIn: { argument: 'path' },
    clientTlsVolume: SQL_SERVER_TLS,
    makes: [
      ['StatefulSet', ''],
      ['Service', '-peer'],
      ['Service', ''],
    ],
    secrets: (instance, { tlsClient }, { clusterTls, asksPD }) => [
      ...(clusterTls ? [clusterSecret(instance, 'tidb')] : []),
      ...(clusterTls && asksPD ? [clientSecret(instance)] : []),
      ...(tlsClient?.enabled ? [serverSecret(instance)] : []),
    ],
    operatorOnly,
  },
};
