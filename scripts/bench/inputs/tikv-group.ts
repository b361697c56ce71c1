import type { Random } from './random.ts';
import type { Resource } from './resource.ts';

/** A group of stores on dedicated nodes; half of the groups write their config as a map, half as TOML text. */
export function tikvGroup(name: string, cluster: string, namespace: string, random: Random): Resource {
  const zone = random.pick(['a', 'b', 'c']);
  const config = random.below(2) === 0 ? configAsMap(zone) : configAsText(zone);
  return {
    kind: 'TiKVGroup',
    name,
    namespace,
    file: `${namespace}/${name}.yaml`,
    head: `apiVersion: pingcap.com/v1alpha1
kind: TiKVGroup
metadata:
  name: ${name}
  namespace: ${namespace}
  annotations:
    example.com/cost-centre: "${100 + random.below(900)}"
`,
    tail: `spec:
  cluster:
    name: ${cluster}
  replicas: ${3 + random.below(4)}
  requests:
    cpu: "${2 + random.below(4)}"
    memory: 8Gi
    storage: ${100 * (1 + random.below(9))}Gi
  limits: {cpu: "8", memory: 16Gi}
  storageClassName: ${random.pick(['fast', 'slow'])}
  labels: {tier: stores}
  annotations:
    example.com/scrape: "true"
  nodeSelector:
    topology.kubernetes.io/zone: zone-${zone}
  # Only these pods may run on the nodes with local disks.
  tolerations:
  - {key: dedicated, operator: Equal, value: tikv, effect: NoSchedule}
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels: {app.kubernetes.io/instance: ${name}}
  env:
  - name: MALLOC_CONF
    value: "prof:true,prof_active:false"
  storageVolumes:
  - name: raft
    storageSize: 20Gi
    mountPath: /var/lib/raft
  terminationGracePeriodSeconds: 60
${config}`,
  };
}

function configAsText(zone: string): string {
  return `  config: |
    # The zone decides where replicas go.
    [server]
    grpc-concurrency = 6
    labels = { zone = "${zone}" }
    [raftstore]
    apply-pool-size = 4
    [storage]
    reserve-space = "1GB"
`;
}

function configAsMap(zone: string): string {
  return `  config:
    server:
      grpc-concurrency: 6
      labels:
        zone: ${zone}
    raftstore: {apply-pool-size: 4, store-pool-size: 4}
    storage:
      reserve-space: 1GB
    rocksdb:
      rate-bytes-per-sec: "200MB"
`;
}
