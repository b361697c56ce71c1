import type { Random } from './random.ts';
import type { Resource } from './resource.ts';

/** A group of SQL servers with its own Service. */
export function tidbGroup(name: string, cluster: string, namespace: string, random: Random): Resource {
  return {
    kind: 'TiDBGroup',
    name,
    namespace,
    file: `${namespace}/${name}.yaml`,
    comment: 'SQL servers for one kind of query.',
    head: `apiVersion: pingcap.com/v1alpha1
kind: TiDBGroup
metadata:
  name: ${name}
  namespace: ${namespace}
  annotations:
    example.com/cost-centre: "${100 + random.below(900)}"
`,
    tail: `spec:
  cluster:
    name: ${cluster}
    namespace: ${namespace}
  replicas: ${2 + random.below(4)}
  requests: {cpu: "${1 + random.below(4)}", memory: 4Gi}
  limits:
    cpu: "8"
    memory: ${8 + random.below(8)}Gi
  separateSlowLog: true
  slowLogTailer:
    requests: {cpu: 20m, memory: 32Mi}
  service:
    type: LoadBalancer
    externalTrafficPolicy: Local
    exposeStatus: true
    annotations:
      service.beta.kubernetes.io/internal: "true"
  env:
  - name: GOMEMLIMIT
    value: '${3 + random.below(3)}GiB'
  - name: SQL_PASSWORD
    valueFrom:
      secretKeyRef: {name: sql, key: password}
  topologySpreadConstraints:
  - topologyKey: topology.kubernetes.io/zone
  podSecurityContext:
    sysctls:
    - {name: net.ipv4.tcp_keepalive_time, value: "300"}
  readinessProbe:
    type: command
    initialDelaySeconds: 10
  config: |
    # Long queries may spill to disk here.
    mem-quota-query = ${1 + random.below(8)}073741824
    [log]
    level = "warn"
    [log.file]
    max-backups = 7
    [performance]
    max-procs = 0
`,
  };
}
