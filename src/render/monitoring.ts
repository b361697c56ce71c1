import type { MonitoringSpec } from '../api/index.ts';
import { COMPONENTS } from '../components/index.ts';
import { type Existing, withoutExisting } from '../existing/index.ts';
import { besideRunner, SYNC_WAVE } from '../gitops/index.ts';
import type { Item } from '../list/index.ts';
import { allBy, type Wanting } from '../lookup/index.ts';
import { type Monitored, podMonitor, scrapeConfigMap } from '../monitoring/index.ts';
import type { Problems } from '../problem/index.ts';
import type { MapValue } from '../yaml/index.ts';
import type { JoiningCluster } from './joining.ts';
import { instanceOf, placeOf } from './operated.ts';
import { monitorOver, ownMonitors, watchedPods, watchedServices } from './other-monitors.ts';
import type { Made } from './outcome.ts';

/** What is monitored, and how. */
export interface Monitoring {
  readonly made: readonly Made[];
  /** All TidbClusters. */
  readonly clusters: readonly JoiningCluster[];
  readonly spec: MonitoringSpec;
  readonly copyMetadata: boolean;
}

/** A TidbCluster with groups, and all that joins it. */
export interface Member {
  readonly base: JoiningCluster;
  /** Where it is; '' if nothing says that. */
  readonly namespace: string;
  readonly groups: readonly Made[];
  /** Itself among them. */
  readonly joined: readonly JoiningCluster[];
}

/**
 * For each TidbCluster with groups, what Prometheus finds its servers by, and those of its groups: a resource of the
 * TidbCluster. `items` are the resources of the list: where a monitor of a user's own selects some of these servers, none is
 * rendered.
 */
export function monitorsOf(
  { made, clusters, spec, copyMetadata }: Monitoring,
  items: readonly Item[],
  problems: Problems,
): Made[] {
  // A scrape configuration is for clusters without Prometheus Operator, where nobody has monitors of it.
  const own = spec.kind === 'ConfigMap' ? undefined : ownMonitors(items);
  const groupsOf = allBy(made, ({ cluster }) => [cluster.origin]);
  const joinedBy = allBy(clusters, ({ origin, joins }) => [joins ?? origin]);
  return clusters.flatMap((base): Made[] => {
    const { item, origin } = base;
    const groups = groupsOf.get(origin) ?? [];
    const [group] = groups[0]?.groups ?? [];
    if (group === undefined) return [];
    const namespace = placeOf(base, base, group);
    const member = { base, namespace, groups, joined: joinedBy.get(origin) ?? [] };
    const resource = resourceOf(member, spec, problems);
    if (resource === undefined) return [];
    const offers = [{ resource, origin, path: ['metadata', 'name'] }];
    const [offer] = withoutExisting(offers, () => existing(member, own), problems);
    if (offer === undefined) return [];
    const runner = { metadata: { annotations: item.annotations() } };
    const told = besideRunner([item], runner, resource, copyMetadata, [SYNC_WAVE]);
    return [{ groups: [item], cluster: base, stem: 'monitoring', resources: [told] }];
  });
}

function resourceOf(member: Member, spec: MonitoringSpec, problems: Problems): MapValue | undefined {
  const monitored = monitoredIn(member);
  if (spec.kind === 'PodMonitor') return podMonitor(monitored, spec);
  if (monitored.namespace !== '') return scrapeConfigMap(monitored, spec);
  const { origin } = member.base;
  const message = `\`metadata.namespace\` is missing, and a scrape configuration for the TidbCluster "${origin.id.name}" must name the namespaces in which Prometheus looks for its servers; add it to the TidbCluster and its groups, or set \`spec.monitoring.kind: PodMonitor\` in the function config`;
  problems.add('scrape-namespace', origin, ['metadata', 'namespace'], message);
  return undefined;
}

function monitoredIn({ base, namespace, groups, joined }: Member): Monitored {
  const { spec } = base.object;
  // Resources that say no namespace are all applied to the same one.
  const operated = joined.map(({ object }) => ({
    name: instanceOf(object),
    namespace: object.metadata.namespace || namespace,
  }));
  const own = groups.flatMap((one) =>
    one.groups.map(({ name, namespace: its }) => ({ name, namespace: its || namespace })),
  );
  const instances = new Map([...operated, ...own].map((one) => [`${one.namespace}/${one.name}`, one]));
  const kinds = new Set(groups.flatMap((one) => one.groups.map(({ kind }) => kind)));
  const components = COMPONENTS.filter(
    ({ name, group }) =>
      (group !== undefined && kinds.has(group.kind)) || joined.some(({ object }) => object.spec[name]),
  );
  return {
    name: base.origin.id.name,
    namespace,
    home: base.item.namespace,
    instances: [...instances.values()],
    components: components.map(({ name }) => name),
    services: (spec.pdms ?? []).map(({ name }) => name),
    clusterDomain: spec.clusterDomain ?? '',
    tls: spec.tlsCluster?.enabled ?? false,
  };
}

function existing(member: Member, own: Wanting<Item> | undefined): Existing | undefined {
  return own && monitorOver([...watchedPods(member), ...watchedServices(member)], own);
}
