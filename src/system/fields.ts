import { changedFields } from '../plan/index.ts';
import { isMap, type MapValue, setOwn, type Value } from '../yaml/index.ts';

/** Lists whose items have names as maps, so that one more item is one difference. */
export function byName(value: Value): Value {
  if (isMap(value)) {
    const map: MapValue = {};
    for (const [key, item] of Object.entries(value)) setOwn(map, key, byName(item));
    return map;
  }
  if (!Array.isArray(value)) return value;
  const names = value.map(nameOf);
  if (names.some((name) => name === undefined) || new Set(names).size < names.length) return value;
  const map: MapValue = {};
  for (const item of value) setOwn(map, nameOf(item) ?? '', variableOf(item) ?? byName(item));
  return map;
}

/** The value of an environment variable that has nothing else. */
function variableOf(item: Value): Value | undefined {
  if (!isMap(item) || Object.keys(item).length !== 2 || typeof item.name !== 'string') return undefined;
  return typeof item.value === 'string' ? item.value : undefined;
}

function nameOf(item: Value): string | undefined {
  if (!isMap(item)) return undefined;
  return [item.mountPath, item.name, item.topologyKey].find((name) => typeof name === 'string');
}

export interface Leaf {
  readonly path: readonly string[];
  readonly old: Value | undefined;
  readonly new: Value | undefined;
}

/** Maps whose keys are each a thing of their own, so that one that a side lacks altogether is taken apart too. */
const TAKEN_APART = new Set([
  'annotations',
  'containers',
  'env',
  'initContainers',
  'labels',
  'limits',
  'nodeSelector',
  'ports',
  'requests',
  'resources',
  'topologySpreadConstraints',
  'volumeMounts',
  'volumes',
]);

export function leaves(old: MapValue, now: MapValue, above: readonly string[] = []): Leaf[] {
  return changedFields(old, now).flatMap(({ path, old: was, new: is }): Leaf[] => {
    const whole = [...above, ...path.map(String)];
    const isApart = TAKEN_APART.has(whole.at(-1) ?? '');
    if (isApart && isMap(was ?? {}) && isMap(is ?? {})) {
      return leaves(isMap(was) ? was : {}, isMap(is) ? is : {}, whole);
    }
    return [{ path: whole, old: was, new: is }];
  });
}

/** A path in the StatefulSet or the Service as a field of a group; undefined if it follows from another one. */
export function fieldName(path: readonly string[], component: string): string | undefined {
  const [first, second, ...rest] = path;
  if (first !== 'template') return dotted(path);
  if (second === 'metadata') return dotted(rest);
  const [part, name, ...inner] = rest;
  // The name of the ConfigMap may end in a digest of what is in it.
  if (part === 'volumes' && (name === 'config' || name === 'startup-script')) return undefined;
  if (part !== 'containers') return dotted(rest);
  if (name !== component) return dotted(['containers', name ?? '', ...inner]);
  if (inner[0] === 'env' && inner[1] === 'BINLOG_ENABLED') return 'binlogEnabled';
  return dotted(inner[0] === 'resources' ? inner.slice(1) : inner);
}

function dotted(path: readonly string[]): string {
  return path
    .map((step, index) => (/^[\w-]+$/.test(step) ? `${index > 0 ? '.' : ''}${step}` : `[${step}]`))
    .join('');
}
