import type { ComponentName, MonitoringSpec } from '../api/index.ts';
import { METRICS } from '../components/metrics.generated.ts';
import type { Endpoint } from '../components/metrics.ts';
import type { MapValue } from '../yaml/index.ts';

/** Servers with one label `app.kubernetes.io/instance`: those of a TidbCluster, or of a group. */
export interface Instance {
  readonly name: string;
  readonly namespace: string;
}

/** A TidbCluster with all that joins it, as Prometheus sees it. */
export interface Monitored {
  readonly name: string;
  /** Where it is; '' if nothing says that. */
  readonly namespace: string;
  /** The namespace that it says itself; '' if it says none. */
  readonly home: string;
  /** With those of groups, without any twice. */
  readonly instances: readonly Instance[];
  readonly components: readonly ComponentName[];
  /** Names of PD's microservices. */
  readonly services: readonly string[];
  /** Of names in Kubernetes; '' if none is written. */
  readonly clusterDomain: string;
  readonly tls: boolean;
}

/** What Prometheus asks of the pods of a component. */
export interface Job extends Endpoint {
  /** The label `job`. */
  readonly job: string;
  /** The pods' label `app.kubernetes.io/component`. */
  readonly component: string;
}

/** The jobs of a cluster, in the order of its components. */
export function jobsOf({ components, services }: Monitored): Job[] {
  const jobs = components.flatMap((component) =>
    (METRICS[component] ?? []).map((endpoint): Job => ({ job: component, ...endpoint, component })),
  );
  return [...jobs, ...services.map((service): Job => ({ job: service, component: service, port: 'server' }))];
}

/** Whether there is more than one namespace, so that an instance is known by both names only. */
export function isSpread({ namespace, instances }: Monitored): boolean {
  return instances.some((instance) => instance.namespace !== namespace);
}

/** The names of its instances, sorted. */
export function namesOf({ instances }: Monitored): string[] {
  return distinct(instances.map(({ name }) => name));
}

/** The namespaces of its instances, sorted. */
export function namespacesOf({ instances }: Monitored): string[] {
  return distinct(instances.map(({ namespace }) => namespace));
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

/** The metadata of what Prometheus finds it by. */
export function metadataOf({ home }: Monitored, name: string, { labels = {} }: MonitoringSpec): MapValue {
  return {
    name,
    ...(home !== '' && { namespace: home }),
    ...(Object.keys(labels).length > 0 && { labels: { ...labels } }),
  };
}
