import { type ConfigTable, type ConfigValue, getKey } from '../../config/index.ts';
import type { DataDirectory } from '../../data/index.ts';

/**
 * Where TiFlash keeps what; '' if there is no other place than those of others. Source: TiFlash configuration, v8.5; TiDB Operator, which writes the places.
 */
const PLACES: { readonly [key: string]: string } = {
  'storage.main.dir': '/data0/db',
  'storage.latest.dir': '',
  'storage.raft.dir': '/data0/kvstore',
  'flash.proxy.data-dir': '/data0/proxy',
};

/** What a key was called before. */
const OLDER: { readonly [key: string]: string } = {
  'storage.main.dir': 'path',
  'storage.raft.dir': 'raft.kvstore_path',
};

export function directories(config: ConfigTable): DataDirectory[] {
  return Object.entries(PLACES).flatMap(([key, standard]): DataDirectory[] => {
    const said = pathsIn(getKey(config, key));
    const old = OLDER[key] ?? '';
    const older = old !== '' && said.length === 0 ? pathsIn(getKey(config, old)) : [];
    if (said.length > 0) return said.map((path) => ({ key, path, isSaid: true }));
    if (older.length > 0) return older.map((path) => ({ key: old, path, isSaid: true }));
    return standard === '' ? [] : [{ key, path: standard, isSaid: false }];
  });
}

/** A list, or a text with commas. */
function pathsIn(value: ConfigValue | undefined): string[] {
  const texts = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  return texts.filter((text) => typeof text === 'string').flatMap((text) => text.trim() || []);
}
