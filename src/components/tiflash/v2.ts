import type { TiFlashGroupSpec } from '../../api/index.ts';
import { fieldsOf } from '../../yaml-write/draft.ts';
import { BY, type InV2, LOST, type Own, type Rules } from '../v2.ts';
import { PORTS } from './ports.ts';

const RULES: Rules<Own<TiFlashGroupSpec>> = {
  baseImage: BY.baseImage,
  config: { by: '`config` and `proxyConfig`, as TOML' },
  failover: LOST.failover,
  initializer: { lost: 'it needs no container that prepares the configuration' },
  logTailer: { by: '`logTailer`' },
  maxFailoverCount: { ...LOST.failover, unless: 0 },
  privileged: BY.privileged,
  recoverFailover: { ...LOST.failover, unless: false },
  scalePolicy: LOST.scalePolicy,
  storageClaims: {
    by: '`volumes`: the first one is `data`, mounted where v1 does; the others have no counterpart',
  },
  zones: BY.zones,
};

/** Where v1 mounts the first claim. */
const DATA = '/data0';

const CONTAINERS = ['ti-serverlog', 'ti-errorlog'];

export const inV2: InV2 = {
  rules: RULES,
  configs: [
    {
      to: 'config',
      refused: [
        'tmp_path',
        'storage.main.dir',
        'storage.raft.dir',
        'flash.service_addr',
        'flash.proxy.config',
        'flash.proxy.data-dir',
        'flash.proxy.addr',
        'flash.proxy.advertise-addr',
        'flash.proxy.advertise-status-addr',
        'raft.pd_addr',
        'logger.log',
        'logger.errorlog',
        'status.metrics_port',
        'security.ca_path',
        'security.cert_path',
        'security.key_path',
      ],
    },
    { to: 'proxyConfig', refused: [] },
  ],
  data: { at: ['storageClaims', 0], mountPath: DATA },
  hasTimezone: true,
  probe: PORTS.flash,
  logContainers: () => ['serverlog', 'errorlog', 'clusterlog'],
  convert: (group) => {
    const claims = group.value('storageClaims');
    const more = Array.isArray(claims) ? claims.slice(1) : [];
    for (const [index] of more.entries()) {
      group.lost(
        ['storageClaims', index + 1],
        'it keeps all data in one volume; give `data` the size of all',
      );
    }
    const { short, overlay } = group.resources('logTailer');
    // Without it there are no containers that print the logs.
    const image = group.takeOfCluster('helper', 'image');
    group.set(['logTailer'], fieldsOf({ image, resources: short }));
    const securityContext = group.take('logTailer', 'securityContext');
    const others = fieldsOf({ resources: overlay, securityContext });
    if (others.size === 0) return;
    for (const name of CONTAINERS) group.addToPod('initContainers', new Map([['name', name], ...others]));
  },
};
