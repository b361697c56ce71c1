import { clientSecret, clusterSecret } from '../../expand/index.ts';
import type { GroupComponent } from '../component.ts';
import { ignored, logVolumes } from './checks.ts';
import { setDefaults } from './config.ts';
import { expansion } from './expansion.ts';
import { PORTS, servicePorts } from './ports.ts';
import { SERVER_TLS, serverSecret } from './volumes.ts';

export const tidb: GroupComponent<'TiDBGroup'> = {
  name: 'tidb',
  title: 'TiDB',
  keeps: 'nothing',
  layer: 'sql',
  ports: PORTS,
  arePortsChecked: true,
  configs: [{ name: 'tidb', file: 'config', path: ['config'], in: ({ tidb }) => tidb?.config, setDefaults }],
  labelsKey: 'labels',
  claims: { areChecked: true },
  hasDeleteSlots: true,
  logVolumes,
  ignored,
  servicePorts: (service) => {
    const { mysql, status } = servicePorts(service);
    return status ? [status, mysql] : [mysql];
  },
  group: {
    kind: 'TiDBGroup',
    short: 'tdg',
    annotation: 'groups.pingcap.com/tidb',
    of: ({ tidb: its }) => its,
    turn: 'servers',
    expansion,
    pdArgument: 'path',
    clientTlsVolume: SERVER_TLS,
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
  },
};
