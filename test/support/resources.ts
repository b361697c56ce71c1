import { openList } from '../../src/list/index.ts';
import { Problems, type Subject } from '../../src/problem/index.ts';
import { isMap, type MapValue, setOwn, type Value } from '../../src/yaml/index.ts';

/** The smallest valid resource of each kind. */
const RIGHT: { readonly [kind: string]: MapValue } = {
  TiKVGroup: { ...head('TiKVGroup'), spec: { cluster: { name: 'basic' }, replicas: 3 } },
  TiDBGroup: { ...head('TiDBGroup'), spec: { cluster: { name: 'basic' }, replicas: 2 } },
  TidbCluster: { ...head('TidbCluster'), spec: { version: 'v8.5.7' } },
  ExpandTidbGroups: { ...head('ExpandTidbGroups', 'groups.pingcap.com/v1alpha1'), spec: {} },
};

function head(kind: string, apiVersion = 'pingcap.com/v1alpha1'): MapValue {
  return { apiVersion, kind, metadata: { name: 'mine', namespace: 'tidb' } };
}

export function rightResource(kind: string): MapValue {
  return structuredClone(RIGHT[kind] ?? head(kind));
}

/** A part of a resource as YAML, read as Kubernetes reads it and merged into a valid resource. */
export async function readPart(
  kind: string,
  text: string,
  without: readonly string[] = [],
): Promise<Subject<MapValue>> {
  const start = /^apiVersion:/m.test(text)
    ? ''
    : `apiVersion: ${RIGHT[kind]?.apiVersion ?? 'pingcap.com/v1alpha1'}\n`;
  const item = `${start}kind: ${kind}\n${text}`.trimEnd().replaceAll('\n', '\n  ');
  const list = `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n- ${item}\n`;
  const problems = new Problems();
  const everything = { reads: () => true, names: () => true, markers: [] };
  const read = (await openList('input.yaml', Buffer.from(list), everything, problems))?.items[0];
  if (read === undefined || problems.all.length > 0)
    throw new Error(`not YAML: ${JSON.stringify(problems.all)}`);
  const base = rightResource(kind);
  for (const path of without) removeAt(base, path.split('.'));
  return { object: merge(base, read.object), origin: read };
}

function merge(base: MapValue, part: MapValue): MapValue {
  const merged: MapValue = { ...base };
  for (const [key, value] of Object.entries(part)) {
    const old = Object.hasOwn(base, key) ? base[key] : undefined;
    setOwn(merged, key, isMap(value) && isMap(old) ? merge(old, value) : value);
  }
  return merged;
}

function removeAt(map: MapValue, [step = '', ...rest]: readonly string[]): void {
  const child: Value | undefined = map[step];
  if (rest.length === 0) delete map[step];
  else if (isMap(child)) removeAt(child, rest);
}
