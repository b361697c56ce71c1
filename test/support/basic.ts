/** The smallest cluster and groups that render, as text: `basic` in namespace `db`, with a TiKVGroup `hot` and a TiDBGroup `web`. */
export const CLUSTER = cluster('basic');
export const TIKV_GROUP = tikvGroup('hot', 'basic');
export const TIDB_GROUP = tidbGroup('web', 'basic');

export function cluster(name: string, namespace = 'db'): string {
  return `apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  version: v8.5.7
  timezone: UTC
  pd:
    baseImage: pingcap/pd
    replicas: 3
    requests:
      storage: 10Gi
    config: ""
  tikv:
    baseImage: pingcap/tikv
    replicas: 3
    requests:
      storage: 100Gi
    config: ""
`;
}

/** `spec` is text to add to the group's spec, indented by two. */
export function tikvGroup(name: string, of: string, spec = '', namespace = 'db'): string {
  return `apiVersion: pingcap.com/v1alpha1
kind: TiKVGroup
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  cluster:
    name: ${of}
  replicas: 3
  requests:
    storage: 200Gi
${spec}`;
}

export function tidbGroup(name: string, of: string, spec = '', namespace = 'db'): string {
  return `apiVersion: pingcap.com/v1alpha1
kind: TiDBGroup
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  cluster:
    name: ${of}
  replicas: 2
  service:
    type: ClusterIP
${spec}`;
}

/** The titles of the resources of `hot`, of which the last is the budget over all stores of the cluster. */
export const OF_HOT = [
  'ConfigMap db/hot-tikv',
  'Service db/hot-tikv-peer',
  'StatefulSet db/hot-tikv',
  'ConfigMap db/hot-tikv-drain',
  'Job db/hot-tikv-drain',
  'PodDisruptionBudget db/basic-tikv',
];

/** The titles of the resources of `hot` and `web`. */
export const GENERATED = [
  ...OF_HOT,
  'ConfigMap db/web-tidb',
  'Service db/web-tidb-peer',
  'Service db/web-tidb',
  'StatefulSet db/web-tidb',
  'PodDisruptionBudget db/web-tidb',
];

export function stream(...documents: readonly string[]): string {
  return documents.join('---\n');
}

/** A list as kustomize and kpt write it. */
export function resourceList(...items: readonly string[]): string {
  const listed = items.map((item) => `- ${item.trimEnd().replaceAll('\n', '\n  ')}\n`);
  return `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n${listed.join('')}`;
}

export function configMap(name: string, data = '  key: value\n', namespace = 'db'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata:\n${data}`;
}
