import { isSpread, type Job, type Monitored } from './monitored.ts';

/** A step by which Prometheus makes a target of a pod. The API server would fill in the action. */
export interface Relabeling {
  readonly sourceLabels?: readonly string[];
  readonly action: 'keep' | 'labeldrop' | 'replace';
  readonly regex?: string;
  readonly replacement?: string;
  readonly targetLabel?: string;
}

const META = '__meta_kubernetes_';
const NAMESPACE = `${META}namespace`;
const POD = `${META}pod_name`;
const INSTANCE = label('app.kubernetes.io/instance');

const PORT = 'prometheus.io/port';

function label(key: string): string {
  return `${META}pod_label_${sanitized(key)}`;
}

function annotation(key: string): string {
  return `${META}pod_annotation_${sanitized(key)}`;
}

/** As Prometheus writes keys in names of labels. */
function sanitized(key: string): string {
  return key.replaceAll(/[^a-zA-Z0-9_]/g, '_');
}

/** Of two instances with one name, in two namespaces, one may be of another cluster. */
export function ofInstances({ instances }: Pick<Monitored, 'instances'>): Relabeling {
  const pairs = instances.map(({ namespace, name }) => `${namespace};${name}`);
  return keep([NAMESPACE, INSTANCE], pairs.map(escaped).join('|'));
}

export function ofPort({ port }: Job): Relabeling {
  return keep([`${META}pod_container_port_name`], port);
}

function keep(sourceLabels: readonly string[], regex: string): Relabeling {
  return { sourceLabels, action: 'keep', regex };
}

/** Names have only letters, digits and dashes, and those of Kubernetes' objects points. */
function escaped(name: string): string {
  return name.replaceAll('.', '\\.');
}

/**
 * What a target is called, and what its metrics are labeled with: as by TidbMonitor, but that the cluster is that of the
 * base, and not the group. A server has the address by which the others know it, which its certificate names, too.
 */
export function relabelings(cluster: Monitored, job: Job): Relabeling[] {
  const { name, namespace, clusterDomain } = cluster;
  const domain = clusterDomain === '' ? '' : `.${clusterDomain}`;
  const { service = '-peer' } = job;
  const isOne = !isSpread(cluster);
  return [
    keep([annotation('prometheus.io/scrape')], 'true'),
    keep([label('app.kubernetes.io/component')], job.component),
    {
      sourceLabels: [POD, NAMESPACE, annotation(job.annotation ?? PORT)],
      action: 'replace',
      regex: '(.+)-(\\d+);(.+);(\\d+)',
      replacement: `$1-$2.$1${service}.$3.svc${domain}:$4`,
      targetLabel: '__address__',
    },
    from([annotation('prometheus.io/path')], '__metrics_path__'),
    // A later layer may move all of it to another namespace.
    isOne
      ? from([NAMESPACE], 'tidb_cluster', `$1-${name}`)
      : constant('tidb_cluster', `${namespace}-${name}`),
    constant('cluster', name),
    constant('component', job.component),
    constant('job', job.job),
    from([POD], 'instance'),
    from([NAMESPACE], 'kubernetes_namespace'),
    { action: 'labeldrop', regex: 'container' },
  ];
}

function from(sourceLabels: readonly string[], targetLabel: string, replacement = '$1'): Relabeling {
  return { sourceLabels, action: 'replace', regex: '(.+)', replacement, targetLabel };
}

function constant(targetLabel: string, replacement: string): Relabeling {
  return { action: 'replace', replacement, targetLabel };
}
