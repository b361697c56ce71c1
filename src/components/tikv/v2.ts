import type { TiKVGroupSpec } from '../../api/index.ts';
import { EXCLUSIVE_GROUP_LABEL, GROUP_LABEL } from '../group-label.ts';
import { BY, type GroupInV2, type InV2, LOST, mountClientSecret, type Own, type Rules } from '../v2.ts';
import { PORTS } from './ports.ts';

const LOGS = {
  lost: 'it prints no separate logs; write a container of your own into the overlay',
  unless: false,
};

const RULES: Rules<Own<TiKVGroupSpec>> = {
  baseImage: BY.baseImage,
  config: BY.config,
  dataSubDir: BY.dataSubDir,
  enableNamedStatusPort: { lost: 'its ports have names anyway', unless: true },
  evictLeaderTimeout: { lost: 'a store waits until its leaders are gone, within its grace period' },
  exclusive: { by: '`config`: the label `$group`' },
  failover: LOST.failover,
  groupLabel: { by: '`config`: the label `group`' },
  logTailer: { lost: LOGS.lost },
  maxFailoverCount: { ...LOST.failover, unless: 0 },
  mountClusterClientSecret: BY.clientSecret,
  privileged: BY.privileged,
  raftLogVolumeName: { lost: LOGS.lost },
  recoverFailover: { ...LOST.failover, unless: false },
  rocksDBLogVolumeName: { lost: LOGS.lost },
  scalePolicy: LOST.scalePolicy,
  separateRaftLog: LOGS,
  separateRocksDBLog: LOGS,
  spareVolReplaceReplicas: { lost: '' },
  storageClassName: BY.dataClass,
  storageVolumes: BY.storageVolumes,
  storeLabels: {
    lost: 'it copies the labels that `replication.location-labels` of PD names from the nodes by itself',
  },
  volumeAttributesClassName: BY.dataClass,
  waitLeaderTransferBackTimeout: { lost: '' },
  zones: BY.zones,
};

export const inV2: InV2 = {
  rules: RULES,
  configs: [
    {
      to: 'config',
      refused: [
        'server.addr',
        'server.advertise-addr',
        'server.status-addr',
        'server.advertise-status-addr',
        'storage.data-dir',
        'pd.endpoints',
        'security.ca-path',
        'security.cert-path',
        'security.key-path',
      ],
    },
  ],
  data: { at: [] },
  hasTimezone: true,
  probe: PORTS.server,
  logContainers: (group) => [
    ...(group.value('separateRaftLog') === true ? ['raftlog'] : []),
    ...(group.value('separateRocksDBLog') === true ? ['rocksdblog'] : []),
  ],
  convert: (group) => {
    mountClientSecret(group);
    labelStores(group);
  },
};

/** The labels by which placement policies name the group. */
function labelStores(group: GroupInV2): void {
  const [isExclusive, isNamed] = [group.value('exclusive') === true, group.value('groupLabel') === true];
  if (isExclusive) group.setConfig(`server.labels.${EXCLUSIVE_GROUP_LABEL}`, group.name, 'exclusive');
  if (isNamed) group.setConfig(`server.labels.${GROUP_LABEL}`, group.name, 'groupLabel');
}
