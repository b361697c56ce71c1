import { podLabels } from '../budget/index.ts';
import { COMPONENTS } from '../components/index.ts';
import { type Existing, ownResources, selects } from '../existing/index.ts';
import { runnerIn } from '../gitops/index.ts';
import type { Item } from '../list/index.ts';
import { isMap, type MapValue, mapAt } from '../yaml/index.ts';
import type { Member } from './monitoring.ts';
import { operatorsLabels } from './operated.ts';

/** Pods of a cluster, or a Service over some, as a monitor of a user's own may select them. */
export interface Watched {
  readonly by: 'PodMonitor' | 'ServiceMonitor';
  readonly namespace: string;
  readonly labels: MapValue;
  /** `TiKVGroup "hot"`. */
  readonly whose: string;
}

export function watchedPods({ groups, joined, namespace }: Member): Watched[] {
  const own = groups.flatMap(({ groups: items, resources }) =>
    items.map((group) => ({
      by: 'PodMonitor' as const,
      namespace: group.namespace || namespace,
      labels: podLabels(runnerIn(resources) ?? {}),
      whose: whose(group),
    })),
  );
  return [...own, ...joined.flatMap((one) => operated(one, namespace, 'PodMonitor'))];
}

export function watchedServices({ groups, joined, namespace }: Member): Watched[] {
  const own = groups.flatMap(({ groups: items, resources }) =>
    resources
      .filter(({ kind }) => kind === 'Service')
      .flatMap((service) =>
        items.map((group) => ({
          by: 'ServiceMonitor' as const,
          namespace: group.namespace || namespace,
          labels: mapAt(service, 'metadata', 'labels'),
          whose: whose(group),
        })),
      ),
  );
  return [...own, ...joined.flatMap((one) => operated(one, namespace, 'ServiceMonitor'))];
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
    whose: whose({ kind: origin.id.kind, name: origin.id.name }),
  }));
}

function whose({ kind, name }: Pick<Item, 'kind' | 'name'>): string {
  return `${kind} "${name}"`;
}

/** A monitor of a user's own that selects some of what is watched: a second one would count each server twice. */
export function monitorOver(watched: readonly Watched[], items: readonly Item[]): Existing | undefined {
  for (const kind of ['PodMonitor', 'ServiceMonitor'] as const) {
    for (const item of ownResources(items, 'monitoring.coreos.com/', kind)) {
      const found = watched.find(({ by, ...its }) => by === kind && isOver(item, its));
      if (found === undefined) continue;
      const what = kind === 'PodMonitor' ? 'pods' : 'a Service';
      return { item, does: `selects ${what} of the ${found.whose}, and Prometheus would have each twice` };
    }
  }
  return undefined;
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
