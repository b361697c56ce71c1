import type { GroupComponent, StoreLabel } from '../components/index.ts';
import { canonical, readConfig, setKey } from '../config/index.ts';
import { isMap, type MapValue, type Value, valueAt } from '../yaml/index.ts';

/** The label by which TiDB and PD know the zone of a server; no other name will do for TiDB. */
export const ZONE_LABEL = 'zone';

/** Where a label of servers stands in the spec of a group that writes its config as a map. */
export function labelPath({ labelsKey, group }: GroupComponent, key: string): readonly string[] {
  return [...(group.labelsIn?.path ?? []), ...labelsKey.split('.'), key];
}

/** A spec whose config has more labels of its servers, in the form that it has: map or text. */
export function withLabels(
  spec: MapValue,
  component: GroupComponent,
  labels: readonly StoreLabel[],
): MapValue {
  const { labelsIn } = component.group;
  if (labelsIn === undefined || labels.length === 0) return spec;
  const config = valueAt(spec, ...labelsIn.path);
  if (typeof config !== 'string') {
    return labels.reduce((all, { key, value }) => withValue(all, labelPath(component, key), value), spec);
  }
  const table = readConfig(labelsIn.name, config, 'server', () => undefined);
  for (const { key, value } of labels) setKey(table, `${component.labelsKey}.${key}`, value);
  return withValue(spec, labelsIn.path, canonical(table));
}

/** A map with a value further down. What stands in the way and is no map is reported elsewhere. */
function withValue(map: MapValue, [key = '', ...rest]: readonly string[], value: Value): MapValue {
  if (rest.length === 0) return { ...map, [key]: value };
  const inner = Object.hasOwn(map, key) ? (map[key] ?? {}) : {};
  return isMap(inner) ? { ...map, [key]: withValue(inner, rest, value) } : map;
}
