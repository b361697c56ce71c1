import type { MonitoringSpec } from '../api/index.ts';
import { clientSecret } from '../expand/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { intervalOf } from './interval.ts';
import { isSpread, type Job, jobsOf, type Monitored } from './monitored.ts';
import { ofInstances, type Relabeling, relabelings } from './relabelings.ts';

/**
 * The PodMonitor of a cluster: Prometheus Operator makes a job of each endpoint. It stands in the namespace of the
 * TidbCluster, where the Secret of its client certificate is.
 */
export function podMonitor(cluster: Monitored, spec: MonitoringSpec): MapValue {
  const { name, home, instances } = cluster;
  const { labels = {} } = spec;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: {
      name,
      ...(home !== '' && { namespace: home }),
      ...(Object.keys(labels).length > 0 && { labels: { ...labels } }),
    },
    spec: {
      ...(isSpread(cluster) && { namespaceSelector: { matchNames: namespacesOf(cluster) } }),
      selector: {
        // Labels that kustomize adds to `matchLabels` are not on the pods of TiDB Operator.
        matchExpressions: [
          isIn('app.kubernetes.io/instance', distinct(instances.map((instance) => instance.name))),
          isIn('app.kubernetes.io/managed-by', ['tidb-operator']),
        ],
      },
      podMetricsEndpoints: jobsOf(cluster).map((job) => endpoint(cluster, job, spec)),
    },
  };
}

function endpoint(cluster: Monitored, job: Job, spec: MonitoringSpec): MapValue {
  return {
    port: job.port,
    honorLabels: true,
    interval: intervalOf(spec),
    ...(cluster.tls && { scheme: 'https', tlsConfig: tlsConfig(cluster, job) }),
    relabelings: [...(isSpread(cluster) ? [ofInstances(cluster)] : []), ...relabelings(cluster, job)].map(
      written,
    ),
  };
}

function tlsConfig({ name }: Monitored, { hasOtherNames }: Job): MapValue {
  const secret = clientSecret(name);
  return {
    ca: { secret: { name: secret, key: 'ca.crt' } },
    cert: { secret: { name: secret, key: 'tls.crt' } },
    keySecret: { name: secret, key: 'tls.key' },
    ...(hasOtherNames && { insecureSkipVerify: true }),
  };
}

function written({ sourceLabels, ...rest }: Relabeling): MapValue {
  return { ...(sourceLabels && { sourceLabels: [...sourceLabels] }), ...rest };
}

export function namespacesOf({ instances }: Pick<Monitored, 'instances'>): string[] {
  return distinct(instances.map(({ namespace }) => namespace));
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

function isIn(key: string, values: string[]): MapValue {
  return { key, operator: 'In', values };
}
