import type { MonitoringSpec } from '../api/index.ts';
import { clientSecret, isIn } from '../expand/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { intervalOf } from './interval.ts';
import {
  isSpread,
  type Job,
  jobsOf,
  type Monitored,
  metadataOf,
  namesOf,
  namespacesOf,
} from './monitored.ts';
import { ofInstances, type Relabeling, relabelings } from './relabelings.ts';

/**
 * The PodMonitor of a cluster: Prometheus Operator makes a job of each endpoint. It stands in the namespace of the
 * TidbCluster, where the Secret of its client certificate is.
 */
export function podMonitor(cluster: Monitored, spec: MonitoringSpec): MapValue {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: metadataOf(cluster, cluster.name, spec),
    spec: {
      ...(isSpread(cluster) && { namespaceSelector: { matchNames: namespacesOf(cluster) } }),
      selector: {
        // Labels that kustomize adds to `matchLabels` are not on the pods of TiDB Operator.
        matchExpressions: [
          isIn('app.kubernetes.io/instance', namesOf(cluster)),
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
