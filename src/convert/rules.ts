import type { ComponentName, GroupSpec, PodSettings, TidbClusterSpec } from '../api/index.ts';
import { POD_SETTINGS, type Rule, type Rules, SERVER } from '../components/v2.ts';

const NO_SCRIPTS = 'there are no start scripts';
const NO_VOLUMES = 'it does not change volumes by that';

/** What becomes of the settings of a TidbCluster, but for those of its servers. */
export const CLUSTER: Rules<Omit<TidbClusterSpec, ComponentName | keyof PodSettings>> = {
  acrossK8s: { lost: 'a Cluster is in one Kubernetes cluster', unless: false },
  cluster: { by: '`spec.cluster.name` of its groups' },
  clusterDomain: {
    lost: 'newer versions of it have `spec.dns` in the Cluster: write `mode: FQDN` and the domain there',
  },
  discovery: { lost: 'it needs no discovery service', unless: {} },
  enableDynamicConfiguration: { lost: '`updateStrategy.config` of each group says that' },
  enablePVCReplace: { lost: NO_VOLUMES, unless: false },
  enablePVReclaim: { lost: NO_VOLUMES, unless: false },
  helper: { by: '`image` of the containers that print logs' },
  paused: { to: 'paused' },
  pdAddresses: { lost: 'a Cluster has a PDGroup of its own' },
  pdms: { lost: 'write a TSOGroup or a SchedulingGroup for each' },
  preferIPv6: { lost: '', unless: false },
  pvReclaimPolicy: { lost: 'write it on the volumes, or in their storage class' },
  recoveryMode: { lost: '', unless: false },
  serviceAccount: { pod: 'serviceAccountName' },
  services: { lost: 'its Services cannot be changed; write Services of your own' },
  startScriptV2FeatureFlags: { lost: NO_SCRIPTS },
  startScriptVersion: { lost: NO_SCRIPTS },
  timezone: { by: '`TZ` in `env` of the containers, in the overlay' },
  tlsCluster: { by: '`tlsCluster.enabled` of the Cluster' },
  version: { by: '`version` of each group' },
};

/** Fields that a group has, or its TidbCluster for all of them. */
export const INHERITED: { readonly [field: string]: Rule } = {
  ...POD_SETTINGS,
  serviceAccount: SERVER.serviceAccount,
};

/** What groups have and sections of a TidbCluster do not have. */
const OF_GROUPS_ONLY: Rules<GroupSpec> = {
  cluster: { by: '`spec.cluster.name`' },
  clusterName: { by: '`spec.cluster.name`' },
  networkPolicy: {
    lost: 'write a NetworkPolicy that selects `pingcap.com/cluster`, `pingcap.com/component` and `pingcap.com/group`',
  },
};

/** What becomes of the fields of every group. */
export const OF_GROUPS: { readonly [field: string]: Rule } = {
  ...POD_SETTINGS,
  ...SERVER,
  ...OF_GROUPS_ONLY,
};
