import type { MonitoringSpec } from '../api/index.ts';
import { certificateFiles, clientSecret } from '../expand/index.ts';
import { SCRAPE_CONFIG } from '../gitops/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { writeMap } from '../yaml-write/index.ts';
import { intervalOf } from './interval.ts';
import { type Job, jobsOf, type Monitored, metadataOf, namespacesOf } from './monitored.ts';
import { ofInstances, ofPort, type Relabeling, relabelings } from './relabelings.ts';

/** A ConfigMap with the same as a PodMonitor, as a file that `scrape_config_files` of Prometheus can name. */
export function scrapeConfigMap(cluster: Monitored, spec: MonitoringSpec): MapValue {
  const { name } = cluster;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadataOf(cluster, `${name}${SCRAPE_CONFIG}`, spec),
    data: { [`${name}.yaml`]: scrapeConfig(cluster, spec) },
  };
}

function scrapeConfig(cluster: Monitored, spec: MonitoringSpec): string {
  const jobs = jobsOf(cluster).map((job) => scrapeJob(cluster, job, spec));
  return writeMap({ scrape_configs: jobs });
}

function scrapeJob(cluster: Monitored, job: Job, spec: MonitoringSpec): MapValue {
  return {
    job_name: `${cluster.namespace}/${cluster.name}/${job.job}`,
    honor_labels: true,
    scrape_interval: intervalOf(spec),
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: namespacesOf(cluster) } }],
    ...(cluster.tls && { scheme: 'https', tls_config: tlsConfig(cluster, job, spec) }),
    relabel_configs: [...[ofInstances(cluster), ofPort(job)], ...relabelings(cluster, job)].map(written),
  };
}

function tlsConfig(
  { name }: Monitored,
  { hasOtherNames }: Job,
  { secretsDirectory = '/etc/prometheus/secrets' }: MonitoringSpec,
): MapValue {
  const { ca, cert, key } = certificateFiles(`${secretsDirectory}/${clientSecret(name)}`);
  return {
    ca_file: ca,
    cert_file: cert,
    key_file: key,
    ...(hasOtherNames && { insecure_skip_verify: true }),
  };
}

function written({ sourceLabels, targetLabel, ...rest }: Relabeling): MapValue {
  return {
    ...(sourceLabels && { source_labels: [...sourceLabels] }),
    ...rest,
    ...(targetLabel && { target_label: targetLabel }),
  };
}
