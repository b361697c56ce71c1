/** The smallest cluster that keeps its data when a node fails. */
export const FIRST_CLUSTER = `# The cluster. Groups inherit what it sets for all components, such as the version.
apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata:
  name: basic
  namespace: tidb
spec:
  version: v8.5.7
  timezone: UTC
  pvReclaimPolicy: Retain
  configUpdateStrategy: RollingUpdate
  pd:
    baseImage: pingcap/pd
    replicas: 3
    requests:
      storage: 10Gi
    # PD spreads the copies of data over these labels of nodes.
    config: |
      [replication]
      location-labels = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"]
  tikv:
    baseImage: pingcap/tikv
    replicas: 3
    requests:
      storage: 100Gi
    config: |
      [server.labels]
      disk = "ssd"
  tidb:
    baseImage: pingcap/tidb
    replicas: 2
    service:
      type: ClusterIP
    config: {}
`;

/** Two groups that join it, by the names of their files. */
export const FIRST_GROUPS: ReadonlyMap<string, string> = new Map([
  [
    'hot.yaml',
    `# Stores on faster disks. A placement policy puts tables on them by their label: CONSTRAINTS="[+disk=nvme]".
apiVersion: pingcap.com/v1alpha1
kind: TiKVGroup
metadata:
  name: basic-hot
  namespace: tidb
spec:
  cluster:
    name: basic
    namespace: tidb
  replicas: 3
  baseImage: pingcap/tikv
  requests:
    storage: 100Gi
  # storageClassName: local-nvme
  config: |
    [server.labels]
    disk = "nvme"
`,
  ],
  [
    'analytics.yaml',
    `# SQL servers of their own for long queries. Clients connect to the Service basic-analytics-tidb.
apiVersion: pingcap.com/v1alpha1
kind: TiDBGroup
metadata:
  name: basic-analytics
  namespace: tidb
spec:
  cluster:
    name: basic
    namespace: tidb
  replicas: 2
  baseImage: pingcap/tidb
  service:
    type: ClusterIP
  config: |
    [performance]
    max-procs = 4
`,
  ],
]);
