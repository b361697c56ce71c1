import type { MonitoringSpec } from '../api/index.ts';
import { COMPONENTS } from '../components/index.ts';
import { type Offer, withoutExisting } from '../existing/index.ts';
import { besideRunner, runnerIn, SYNC_WAVE } from '../gitops/index.ts';
import type { Item } from '../list/index.ts';
import { allBy } from '../lookup/index.ts';
import { type Monitored, podMonitor, scrapeConfigMap } from '../monitoring/index.ts';
import type { Problems } from '../problem/index.ts';
import { type MapValue, textAt } from '../yaml/index.ts';
import { instanceOf, type Operated, placeOf } from './operated.ts';
import { monitorOver, type Watched, watchedPods, watchedServices } from './other-monitors.ts';
import type { Made } from './outcome.ts';

/** What is monitored, and how. */
export interface Monitoring {
  readonly made: readonly Made[];
  /** All TidbClusters. */
  readonly clusters: readonly Operated[];
  readonly spec: MonitoringSpec;
  readonly copyMetadata: boolean;
}

/** A TidbCluster with groups, and all that joins it. */
export interface Member {
  readonly base: Made['cluster'];
  readonly namespace: string;
  /** Sorted, so that another order of the resources changes nothing. */
  readonly groups: readonly Made[];
  readonly joined: readonly Operated[];
}

/**
 * For each TidbCluster with groups, what Prometheus finds its servers by, and those of its groups. `items` are the resources
 * of the list: where a monitor of a user's own selects some of these servers, none is rendered.
 */
export function monitorsOf(
  { made, clusters, spec, copyMetadata }: Monitoring,
  items: readonly Item[],
  problems: Problems,
): Made[] {
  const joined = allBy(clusters, ({ origin, joins }) => [joins ?? origin]);
  return [...allBy(made, ({ cluster }) => [cluster.origin])].flatMap(([origin, unsorted]) => {
    const groups = unsorted.toSorted((a, b) => (titleOf(a) < titleOf(b) ? -1 : 1));
    const [first] = groups;
    const [group] = first?.groups ?? [];
    if (first === undefined || group === undefined) return [];
    const { cluster: base, stem } = first;
    // Whoever applies groups without a namespace applies all to one.
    const isOne = groups.some((one) => one.groups.some(({ namespace }) => namespace === ''));
    const namespace = isOne ? '' : placeOf(base, base, group);
    const member = { base, namespace, groups, joined: joined.get(origin) ?? [] };
    const resource = resourceOf(member, spec, problems);
    if (resource === undefined) return [];
    const offers = [{ resource, origin, path: ['metadata', 'name'] }];
    const [offer] = withoutExisting(offers, existing(member, spec, items), problems);
    const runner = earliest(groups);
    if (offer === undefined || runner === undefined) return [];
    const owners = groups.flatMap((one) => one.groups);
    const told = besideRunner(owners, runner, resource, copyMetadata, [SYNC_WAVE]);
    return [{ groups: owners, cluster: base, stem, resources: [told] }];
  });
}

function titleOf({ groups: [group] }: Made): string {
  return `${group?.namespace}/${group?.name}/${group?.kind}`;
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
  const operated = joined.map((one) => ({
    name: instanceOf(one.object),
    namespace: placeIn(one, base, namespace),
  }));
  const own = groups.flatMap((one) =>
    one.groups.map(({ name, namespace: its }) => ({ name, namespace: its })),
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
    instances: [...instances.values()],
    components: components.map(({ name }) => name),
    services: (spec.pdms ?? []).map(({ name }) => name),
    clusterDomain: spec.clusterDomain ?? '',
    tls: spec.tlsCluster?.enabled ?? false,
  };
}

/** Where a TidbCluster is that joins another one, or is that one. */
function placeIn({ object }: Operated, base: Made['cluster'], namespace: string): string {
  return (object !== base.object && namespace !== '' && object.metadata.namespace) || namespace;
}

function existing(member: Member, { kind }: MonitoringSpec, items: readonly Item[]) {
  return (_: Offer) => {
    // Who has no Prometheus Operator has none of its monitors.
    if (kind === 'ConfigMap') return undefined;
    const watched: Watched[] = [...watchedPods(member), ...watchedServices(member)];
    return monitorOver(watched, items);
  };
}

/** What runs the servers that are applied first. */
function earliest(groups: readonly Made[]): MapValue | undefined {
  const runners = groups.flatMap(({ resources }): MapValue[] => {
    const runner = runnerIn(resources);
    return runner === undefined ? [] : [runner];
  });
  return runners.toSorted((a, b) => waveOf(a) - waveOf(b))[0];
}

function waveOf(runner: MapValue): number {
  return Number(textAt(runner, 'metadata', 'annotations', SYNC_WAVE));
}
