import { type AnyGroup, type Labels, type TidbCluster, ZONED_GROUP } from '../api/index.ts';
import { byKind } from '../components/index.ts';
import { Field, type Origin, type Problems, type Subject } from '../problem/index.ts';
import { show } from '../text/index.ts';
import { zonesOf } from './plain-groups.ts';

type Group = Subject<AnyGroup>;

/** What may have pods in the namespace of a group, and so may have its label. */
export interface Others {
  /** Groups that have a Service over all zones. */
  readonly served: readonly Group[];
  readonly clusters: readonly Subject<TidbCluster>[];
  /** All groups as they were written, and their clusters where these are there and right. */
  readonly groups: readonly { readonly group: Group; readonly cluster: Subject<TidbCluster> | undefined }[];
}

/**
 * Adds a problem for pods that have the label of a group and are not its own. Its Service over all zones does not select
 * by the instance, of which each zone has another, so it would have them, too, even those of another cluster.
 */
export function checkOthersLabels({ served, clusters, groups }: Others, problems: Problems): void {
  const components = new Set(served.map(({ object }) => byKind[object.kind].name));
  const byPods = new Map(
    served.map((group) => {
      const { name, namespace } = group.origin.id;
      return [keyOf(namespace, byKind[group.object.kind].name, name), group];
    }),
  );
  // One label of a cluster may be on the pods of all its groups.
  const told = new Set<Origin>();
  for (const { object, origin } of clusters) {
    for (const component of components) {
      const section = object.spec[component];
      if (!section) continue;
      const at = new Field(origin, problems, ['spec', component]);
      check(
        section.labels,
        { object, origin },
        component,
        origin.id.namespace,
        `those of \`spec.${component}\``,
        at,
      );
    }
  }
  for (const { group, cluster } of groups) {
    const { kind, spec } = group.object;
    const { name, namespace } = group.origin.id;
    // Its pods have its own name, whatever the cluster says.
    if (zonesOf(group.object).length > 0) continue;
    const at = new Field(group.origin, problems, ['spec']);
    check(spec.labels, cluster, byKind[kind].name, namespace, `those of the ${kind} ${show(name)}`, at);
  }

  function check(
    own: Labels | undefined,
    cluster: Subject<TidbCluster> | undefined,
    component: string,
    namespace: string,
    whose: string,
    at: Field,
  ): void {
    const ofItself = own?.[ZONED_GROUP] ?? undefined;
    const value = ofItself ?? cluster?.object.spec.labels?.[ZONED_GROUP];
    if (!value) return;
    const group = byPods.get(keyOf(namespace, component, value));
    if (group === undefined) return;
    const { id } = group.origin;
    const message = `is ${show(value)}, by which the Service over all zones of the ${id.kind} ${show(id.name)} selects pods, so it would send clients to ${whose}, too; remove it, or write another value`;
    if (ofItself !== undefined) at.to('labels', ZONED_GROUP).add('zone-conflict', message);
    else if (cluster !== undefined && !told.has(cluster.origin)) {
      told.add(cluster.origin);
      new Field(cluster.origin, problems, ['spec', 'labels', ZONED_GROUP]).add('zone-conflict', message);
    }
  }
}

function keyOf(...names: readonly string[]): string {
  return names.join('/');
}
