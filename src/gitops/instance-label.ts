import type { Item } from '../list/index.ts';
import type { Path, Problems } from '../problem/index.ts';
import { type Value, valueAt } from '../yaml/index.ts';

/** Argo CD's label tracking writes an Application's name to it; TiDB Operator expects the name of a cluster. */
const INSTANCE = 'app.kubernetes.io/instance';

/** The selectors of a workload. */
const PLACES: readonly (readonly string[])[] = [
  ['metadata', 'labels'],
  ['spec', 'selector'],
  ['spec', 'selector', 'matchLabels'],
  ['spec', 'template', 'metadata', 'labels'],
];

/**
 * Warns of an instance label that somebody else has changed: on a TidbCluster, where the operator takes it for the
 * name under which to look for pods, and on what an earlier render made.
 */
export function checkInstanceLabels(
  clusters: readonly Item[],
  generated: ReadonlyMap<string, readonly Item[]>,
  problems: Problems,
): void {
  for (const cluster of clusters) {
    const value = valueAt(cluster.object, 'metadata', 'labels', INSTANCE);
    if (value === undefined || value === cluster.name) continue;
    report(cluster, ['metadata', 'labels', INSTANCE], value, cluster.name, problems);
  }
  for (const [owner, items] of generated) {
    const name = owner.slice(owner.lastIndexOf('/') + 1);
    for (const item of items) {
      if (item.kind === 'TidbCluster') continue;
      const changed = PLACES.map((place) => [...place, INSTANCE]).find((path) => {
        const value = valueAt(item.object, ...path);
        return value !== undefined && value !== name;
      });
      if (changed !== undefined) report(item, changed, valueAt(item.object, ...changed), name, problems);
    }
  }
}

function report(item: Item, path: Path, value: Value | undefined, name: string, problems: Problems): void {
  const message = `the label "${INSTANCE}" must be "${name}", because TiDB's servers are found by it, but is "${value}"; stop whatever writes it: in Argo CD with \`application.resourceTrackingMethod: annotation\`, in kustomize and kpt by removing this label from those that they set`;
  problems.add('instance-label', item, path, message);
}
