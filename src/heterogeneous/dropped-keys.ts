import type { GroupComponent } from '../components/index.ts';
import { type ConfigPart, readConfig } from '../config/index.ts';
import type { Path } from '../problem/index.ts';
import { isMap, type MapValue, type Value, valueAt } from '../yaml/index.ts';
import type { Edit } from '../yaml-write/index.ts';

/**
 * The edits that take those keys out of a component's configs which TiDB Operator drops from it: in a group, which keeps all, they
 * would take effect. A table stays, also where nothing is left in it.
 */
export function droppedKeys({ configs }: GroupComponent, server: MapValue): Edit[] {
  return configs.flatMap((part) => droppedFrom(part, ['spec', ...part.path], valueAt(server, ...part.path)));
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
