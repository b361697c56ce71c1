import type { TiDBGroupSpec } from '../../api/index.ts';
import { fieldsOf } from '../../yaml-write/draft.ts';
import { BY, type GroupInV2, type InV2, LOST, type Own, type Rules } from '../v2.ts';
import { MAX_BACKUPS } from './config.ts';

const SLOW_LOG = { by: '`slowLog`' };

const RULES: Rules<Own<TiDBGroupSpec>> = {
  arguments: {
    lost: 'write what the config has keys for there, and the others into `args` of the container, in the overlay',
  },
  autoscale: {
    lost: 'write a HorizontalPodAutoscaler whose `scaleTargetRef` is the group, with `apiVersion: core.pingcap.com/v1alpha1`',
  },
  baseImage: BY.baseImage,
  binlogEnabled: { lost: 'it has no Pump', unless: false },
  bootstrapSQLConfigMapName: { by: '`bootstrapSQL` of the Cluster, if it is in the TidbCluster' },
  config: { by: `${BY.config.by}; with \`${MAX_BACKUPS.key} = ${MAX_BACKUPS.value}\`, as v1 adds it` },
  customizedStartupProbe: { lost: 'write `startupProbe` of the container into the overlay' },
  initializer: { lost: 'set the password of the root user by hand' },
  lifecycle: { server: 'lifecycle' },
  maxFailoverCount: { ...LOST.failover, unless: 0 },
  plugins: { lost: 'write `plugin-load` and `plugin-dir` into `config`' },
  scalePolicy: LOST.scalePolicy,
  separateSlowLog: SLOW_LOG,
  service: LOST.service,
  slowLogTailer: SLOW_LOG,
  slowLogVolumeName: { by: '`volumes`: the mount of type `slowlog`' },
  storageClassName: BY.volumeClass,
  storageVolumes: BY.storageVolumes,
  tlsClient: { by: '`security.tls.mysql`' },
  tokenBasedAuthEnabled: { by: '`security.authToken`' },
  trafficDistribution: { lost: LOST.service.lost },
  volumeAttributesClassName: BY.volumeClass,
  zones: BY.zones,
};

const CONTAINER = 'ti-slowlog';

export const inV2: InV2 = {
  rules: RULES,
  configs: [
    {
      to: 'config',
      refused: [
        'store',
        'advertise-address',
        'host',
        'path',
        'security.ssl-ca',
        'security.ssl-cert',
        'security.ssl-key',
        'security.cluster-ssl-ca',
        'security.cluster-ssl-cert',
        'security.cluster-ssl-key',
        'security.auth-token-jwks',
        'security.sem-config',
        'log.slow-query-file',
        'initialize-sql-file',
        'standby.standby-mode',
      ],
    },
  ],
  hasLabels: true,
  hasTimezone: true,
  probe: 'typed',
  logContainers: (group) => (group.value('separateSlowLog') === false ? [] : ['slowlog']),
  convert: (group) => {
    // v1 adds it to each config of a group, and to those of a TidbCluster that are there; v2 does not.
    if (!group.isSection || group.value('config') !== undefined)
      group.setConfigDefault(MAX_BACKUPS.key, MAX_BACKUPS.value);
    convertSlowLog(group);
    const tls = ['security', 'tls', 'mysql'];
    if (group.value('tlsClient', 'enabled') !== undefined) {
      group.set([...tls, 'enabled'], group.take('tlsClient', 'enabled'));
      if (group.value('tlsClient', 'disableClientAuthn') === true)
        group.set([...tls, 'clientAuth'], 'NoClientCert');
    } else if (group.value('tlsClient', 'disableClientAuthn') === true) {
      group.lost(['tlsClient', 'disableClientAuthn'], 'there is no TLS for clients here');
    }
    if (group.value('tlsClient', 'skipInternalClientCA') === true)
      group.lost(['tlsClient', 'skipInternalClientCA'], '');
    if (group.value('tokenBasedAuthEnabled') === true) {
      const secret = `${group.name}-tidb-auth-token-jwks-secret`;
      group.set(['security', 'authToken', 'jwks', 'name'], secret);
    }
    if (group.value('bootstrapSQLConfigMapName') !== undefined && !group.isSection) {
      group.lost(
        ['bootstrapSQLConfigMapName'],
        'it is run once for a Cluster: write `spec.bootstrapSQL` there',
      );
    }
  },
};

/** Without `slowLog` nobody prints it. The volume for it is made with the other ones. */
function convertSlowLog(group: GroupInV2): void {
  if (group.value('separateSlowLog') === false) {
    for (const field of ['slowLogTailer', 'slowLogVolumeName']) {
      if (group.value(field) !== undefined) group.lost([field], 'nobody prints the slow log here');
    }
    return;
  }
  const { short, overlay } = group.resources('slowLogTailer');
  const ofHelper = group.takeOfCluster('helper', 'image');
  const own = group.take('slowLogTailer', 'image');
  if (ofHelper !== undefined && own !== undefined) {
    group.lost(['slowLogTailer', 'image'], 'the TidbCluster has a helper image, which goes before it');
  }
  group.set(['slowLog'], fieldsOf({ image: ofHelper ?? own, resources: short }));
  const others = fieldsOf({
    imagePullPolicy: group.take('slowLogTailer', 'imagePullPolicy'),
    resources: overlay,
    securityContext: group.take('slowLogTailer', 'securityContext'),
  });
  if (others.size > 0) group.addToPod('initContainers', new Map([['name', CONTAINER], ...others]));
}
