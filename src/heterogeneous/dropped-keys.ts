import type { GroupComponent } from '../components/index.ts';
import { type ConfigPart, canonical, clusterConfig, readConfig } from '../config/index.ts';
import type { Path } from '../problem/index.ts';
import { isMap, type MapValue, type Value, valueAt } from '../yaml/index.ts';
import { type Edit, editedValue } from '../yaml-write/index.ts';

/**
 * The edits that make a component's configs say what TiDB Operator makes of them. Most take those keys out which it drops:
 * in a group, which keeps all, they would take effect. A table stays, also where nothing is left in it.
 */
export function droppedKeys({ configs }: GroupComponent, server: MapValue): Edit[] {
  return configs.flatMap((part) => {
    const config = valueAt(server, ...part.path);
    if (!isMap(config)) return [];
    const above = ['spec', ...part.path.slice(0, -1)];
    const key = String(part.path.at(-1));
    const dropped = droppedFrom(part, [key], config);
    const { [key]: left = null } = editedValue({ [key]: config }, dropped);
    const written = asWritten(part, config, left);
    if (written !== undefined) return [{ path: above, set: { [key]: AS_IT_RUNS + written } }];
    return dropped.map((edit) => ({ ...edit, path: [...above, ...edit.path] }));
  });
}

/** Why a config says what nobody has written; a render leaves it out. */
const AS_IT_RUNS =
  '# The servers run with this file: TiDB Operator writes keys that nobody has set, too, with 0. Remove\n' +
  '# those that you do not want; the servers then take their own defaults.\n';

/**
 * The text that TiDB Operator writes of a config, where that says more or less than what is left of the map: of TiProxy it
 * writes keys that nobody has set. Undefined where it says the same.
 */
function asWritten(part: ConfigPart, config: MapValue, left: Value): string | undefined {
  const table = readConfig(part.name, left, 'server', () => undefined);
  part.setDefaults?.(table, () => undefined);
  const written = clusterConfig(part, config, () => undefined);
  return canonical(table) === written ? undefined : written;
}

function droppedFrom(part: ConfigPart, path: Path, config: Value | undefined): Edit[] {
  const dropped = new Map<string, { readonly table: Path; readonly keys: string[] }>();
  readConfig(part.name, config, 'operator', ({ code, path: key }) => {
    if (code !== 'config-key-dropped') return;
    const table = key.slice(0, -1);
    const id = JSON.stringify(table);
    const inTable = dropped.get(id) ?? { table, keys: [] };
    inTable.keys.push(String(key.at(-1)));
    dropped.set(id, inTable);
  });
  return [...dropped.values()].map(({ table, keys }): Edit => {
    const whole = [...path, ...table];
    if (keys.length < sizeAt(config, table)) return { path: whole, remove: keys };
    return { path: whole.slice(0, -1), set: { [String(whole.at(-1))]: {} } };
  });
}

function sizeAt(value: Value | undefined, path: Path): number {
  const table = path.reduce<Value | undefined>((map, step) => (isMap(map) ? map[step] : undefined), value);
  return isMap(table) ? Object.keys(table).length : 0;
}
