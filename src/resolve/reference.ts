import type { Item } from '../list/index.ts';
import type { Path, Problems } from '../problem/index.ts';
import { isMap, type Value } from '../yaml/index.ts';
import { flowEntries } from '../yaml-write/index.ts';

/** The TidbCluster that a group names, as written. */
export interface Reference {
  readonly name: string;
  /** '' if none is written: the group's own namespace. */
  readonly namespace: string;
  readonly path: Path;
}

/** Reads `spec.cluster`, or `spec.clusterName`, which an early version of the API had instead. */
export function referenceOf(group: Item, problems: Problems): Reference | undefined {
  const spec = group.object.spec;
  const cluster = isMap(spec) ? spec.cluster : undefined;
  const early = textOf(isMap(spec) ? spec.clusterName : undefined);
  const name = textOf(isMap(cluster) ? cluster.name : undefined);
  const namespace = textOf(isMap(cluster) ? cluster.namespace : undefined);
  if (early !== '' && name !== '' && early !== name) {
    const message = `\`spec.clusterName\` is "${early}" and \`spec.cluster.name\` is "${name}": a group must name one cluster; remove \`spec.clusterName\``;
    problems.add('cluster-name-conflict', group, ['spec', 'clusterName'], message);
    return undefined;
  }
  if (early !== '') {
    const message = `\`spec.clusterName\` is from an early version; write \`${flowEntries({ cluster: { name: early } })}\` in \`spec\` instead`;
    problems.add('cluster-name-deprecated', group, ['spec', 'clusterName'], message, 'key');
  }
  if (name !== '') return { name, namespace, path: ['spec', 'cluster', 'name'] };
  if (early !== '') return { name: early, namespace, path: ['spec', 'clusterName'] };
  if (!isReported(group, problems)) {
    const message =
      '`spec.cluster.name` must be the name of the TidbCluster that the group joins; write `cluster: {name: NAME}` in `spec`';
    problems.add('cluster-missing', group, ['spec', 'cluster'], message);
  }
  return undefined;
}

/**
 * Whether the structure check has already reported why there is no reference: a mistyped key, or a value of another
 * type.
 */
function isReported(group: Item, problems: Problems): boolean {
  return problems.all.some(
    ({ origin, severity, path = [] }) =>
      origin === group &&
      severity === 'error' &&
      (path[0] === 'spec' ? path.length < 2 || /cluster/i.test(`${path[1]}`) : path.length < 2),
  );
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}
