import { type ConfigTable, type ConfigValue, getKey } from '../config/index.ts';

/** A directory that a server keeps data in, which it must find again after a restart. */
export interface DataDirectory {
  /** The config key that names it, such as `raft-engine.dir`; '' for the data directory itself. */
  readonly key: string;
  readonly path: string;
  /** Whether the config says it. */
  readonly isSaid: boolean;
}

/** What is known of a server. */
interface Server {
  readonly component: string;
  /** Its config files by their names; all but TiFlash have one, `config`. */
  readonly configs: ReadonlyMap<string, ConfigTable>;
  /** Its data directory as its command line has it; '' where none is known. */
  readonly dataDir: string;
}

/** Where TiKV keeps what, below its data directory unless the config says another place. Source: TiKV, v8.5. */
const OF_TIKV: { readonly [key: string]: string } = {
  'raft-engine.dir': 'raft-engine',
  'raftstore.raftdb-path': 'raft',
  'rocksdb.wal-dir': 'db',
  'rocksdb.titan.dirname': 'db/titandb',
};

/**
 * Where TiFlash keeps what; '' where there is no other place than those of others. `path` is what `storage.main.dir` was
 * called before. Source: TiFlash configuration, v8.5; TiDB Operator, which writes the places.
 */
const OF_TIFLASH: { readonly [key: string]: string } = {
  'storage.main.dir': '/data0/db',
  'storage.latest.dir': '',
  'storage.raft.dir': '/data0/kvstore',
  'flash.proxy.data-dir': '/data0/proxy',
};

export function dataDirectories({ component, configs, dataDir }: Server): DataDirectory[] {
  const config: ConfigTable = configs.get('config') ?? new Map();
  const own = dataDir === '' ? [] : [{ key: '', path: dataDir, isSaid: false }];
  if (component === 'tikv') return [...own, ...storeDirectories(config, dataDir)];
  if (component === 'tiflash') return columnarDirectories(config);
  return own;
}

function storeDirectories(config: ConfigTable, dataDir: string): DataDirectory[] {
  // Of the two Raft logs one is in use; which one it is where nothing is said, is a question of the version.
  const isEngine = getKey(config, 'raft-engine.enable');
  return Object.entries(OF_TIKV).flatMap(([key, below]): DataDirectory[] => {
    if (key === (isEngine === true ? 'raftstore.raftdb-path' : isEngine === false ? 'raft-engine.dir' : ''))
      return [];
    const said = getKey(config, key);
    if (typeof said === 'string' && said !== '') return [{ key, path: said, isSaid: true }];
    return dataDir === '' ? [] : [{ key, path: `${dataDir}/${below}`, isSaid: false }];
  });
}

function columnarDirectories(config: ConfigTable): DataDirectory[] {
  return Object.entries(OF_TIFLASH).flatMap(([key, standard]): DataDirectory[] => {
    const said = pathsIn(getKey(config, key));
    const older = key === 'storage.main.dir' && said.length === 0 ? pathsIn(getKey(config, 'path')) : [];
    if (said.length > 0) return said.map((path) => ({ key, path, isSaid: true }));
    if (older.length > 0) return older.map((path) => ({ key: 'path', path, isSaid: true }));
    return standard === '' ? [] : [{ key, path: standard, isSaid: false }];
  });
}

/** A list, or a text with commas. */
function pathsIn(value: ConfigValue | undefined): string[] {
  const texts = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  return texts.filter((text) => typeof text === 'string').flatMap((text) => text.trim() || []);
}
