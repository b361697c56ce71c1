import { podLabels } from '../budget/index.ts';
import { byKind, COMPONENTS, isGroupKind } from '../components/index.ts';
import { type Existing, labelNames, labelsWanted, ownResources, selects } from '../existing/index.ts';
import { selectorLabels } from '../expand/index.ts';
import { runnerIn } from '../gitops/index.ts';
import type { Item } from '../list/index.ts';
import { type OneOf, Wanting } from '../lookup/index.ts';
import { isMap, type MapValue, mapAt } from '../yaml/index.ts';
import type { Member } from './monitoring.ts';
import { operatorsLabels } from './operated.ts';

/** Pods of a cluster, or a Service over some, as a monitor of a user's own may select them. */
export interface Watched {
  readonly by: (typeof MONITORS)[number];
  readonly namespace: string;
  readonly labels: MapValue;
  /** `TiKVGroup "hot"`. */
  readonly whose: string;
}

/** The pods of a cluster and its groups. */
export function watchedPods({ groups, joined, namespace }: Member): Watched[] {
  const own = groups.flatMap(({ groups: items, resources }) => {
    const runner = runnerIn(resources);
    const isOurs = runner?.kind === 'StatefulSet';
    return items.map((group) => ({
      ...ofGroup(group, namespace),
      by: 'PodMonitor' as const,
      labels: isOurs ? podLabels(runner) : labelsOf(group),
    }));
  });
  return [...own, ...joined.flatMap((one) => operated(one, namespace, 'PodMonitor'))];
}

/** Their Services, but for what TiDB Operator makes of groups that it runs. */
export function watchedServices({ groups, joined, namespace }: Member): Watched[] {
  const own = groups.flatMap(({ groups: items, resources }) =>
    resources
      .filter(({ kind }) => kind === 'Service')
      .flatMap((service) =>
        items.map((group) => ({
          ...ofGroup(group, namespace),
          by: 'ServiceMonitor' as const,
          labels: mapAt(service, 'metadata', 'labels'),
        })),
      ),
  );
  return [...own, ...joined.flatMap((one) => operated(one, namespace, 'ServiceMonitor'))];
}

function ofGroup(group: Item, namespace: string): Pick<Watched, 'namespace' | 'whose'> {
  return { namespace: group.namespace || namespace, whose: whose(group) };
}

/** The labels by which TiDB Operator finds the pods of a group that it runs. */
function labelsOf({ kind, name: instance }: Item): MapValue {
  return isGroupKind(kind) ? { ...selectorLabels(byKind[kind].name, { instance }) } : {};
}

/** What TiDB Operator runs: the labels of its Services are among those of its pods. */
function operated(
  { object, origin }: Member['joined'][number],
  namespace: string,
  by: Watched['by'],
): Watched[] {
  return COMPONENTS.filter(({ name }) => object.spec[name]).map((component) => ({
    by,
    namespace: object.metadata.namespace || namespace,
    labels: operatorsLabels(object, component),
    whose: whose(origin.id),
  }));
}

function whose({ kind, name }: Pick<Item, 'kind' | 'name'>): string {
  return `${kind} "${name}"`;
}

/** The monitors that users wrote. */
export function ownMonitors(items: readonly Item[]): Wanting<Item> {
  const own = MONITORS.flatMap((kind) => ownResources(items, 'monitoring.coreos.com/', kind));
  return new Wanting(own, wantedBy);
}

const MONITORS = ['PodMonitor', 'ServiceMonitor'] as const;

/** A monitor of a user's own that selects some of what is watched: a second one would count each server twice. */
export function monitorOver(watched: readonly Watched[], own: Wanting<Item>): Existing | undefined {
  for (const item of own.among(watched.flatMap(namesOf))) {
    const found = watched.find(({ by, ...its }) => by === item.kind && isOver(item, its));
    if (found === undefined) continue;
    const what = item.kind === 'PodMonitor' ? 'pods' : 'a Service';
    return { item, does: `selects ${what} of the ${found.whose}, and Prometheus would have each twice` };
  }
  return undefined;
}

/** What a monitor wants of what it selects. */
function wantedBy(item: Item): OneOf[] {
  if (!item.isRead) return [];
  const { any, matchNames } = mapAt(item.object, 'spec', 'namespaceSelector');
  const places =
    Array.isArray(matchNames) && matchNames.length > 0 ? matchNames.map(String) : [item.namespace];
  const isAnywhere = any === true || places.includes('');
  return [
    [`by ${item.kind}`],
    ...(isAnywhere ? [] : [places.map(inNamespace)]),
    ...labelsWanted(mapAt(item.object, 'spec', 'selector')),
  ];
}

function namesOf({ by, namespace, labels }: Watched): string[] {
  return [`by ${by}`, inNamespace(namespace), ...labelNames(labels)];
}

function inNamespace(namespace: string): string {
  return `in ${namespace}`;
}

function isOver(item: Item, { namespace, labels }: Pick<Watched, 'namespace' | 'labels'>): boolean {
  const { spec } = item.object;
  if (!item.isRead || !isMap(spec) || !isMap(spec.selector)) return false;
  return looksInto(item, mapAt(spec, 'namespaceSelector'), namespace) && selects(spec.selector, labels);
}

function looksInto(item: Item, { any, matchNames }: MapValue, namespace: string): boolean {
  if (any === true) return true;
  return Array.isArray(matchNames) && matchNames.length > 0
    ? matchNames.includes(namespace)
    : (item.namespace || namespace) === namespace;
}
