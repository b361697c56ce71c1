import type { Resource } from './resource.ts';

/** A cluster in the style of an operator's guide: configs as TOML text, comments, and an empty section. */
export function tidbCluster(name: string, namespace: string): Resource {
  return {
    kind: 'TidbCluster',
    name,
    namespace,
    file: `${namespace}/cluster.yaml`,
    comment: 'The base cluster: PD, and the first stores and SQL servers.',
    head: `apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata:
  name: ${name}
  namespace: ${namespace}
  labels: {tier: "gold"}
  annotations:
    example.com/owner: "database-platform"
`,
    tail: `spec:
  version: v8.5.2
  timezone: UTC
  pvReclaimPolicy: Retain
  enableDynamicConfiguration: true
  configUpdateStrategy: RollingUpdate
  discovery: {}
  helper:
    image: alpine:3.16.0
  pd:
    baseImage: pingcap/pd
    maxFailoverCount: 0
    replicas: 3
    requests: {cpu: "1", memory: 2Gi, storage: 10Gi}
    storageClassName: fast
    config: |
      # Placement goes by zone, then by host.
      [replication]
      location-labels = ["zone", "host"]
      max-replicas = 3
      [schedule]
      leader-schedule-limit = 8
  tikv:
    baseImage: pingcap/tikv
    maxFailoverCount: 0
    replicas: 3
    requests: {cpu: "4", memory: 16Gi, storage: 500Gi}
    limits: {cpu: "8", memory: 16Gi}
    storageClassName: fast
    config: |
      [storage]
      reserve-space = "2GB"
      [server]
      grpc-concurrency = 4
  tidb:
    baseImage: pingcap/tidb
    maxFailoverCount: 0
    replicas: 2
    requests: {cpu: "2", memory: 4Gi}
    service:
      type: ClusterIP
      annotations:
        example.com/dns: 'sql.${namespace}.example.com'
    config: |
      mem-quota-query = 1073741824
      [log]
      level = "info"
      [performance]
      tcp-keep-alive = true
`,
  };
}
