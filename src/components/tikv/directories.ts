import { type ConfigTable, getKey } from '../../config/index.ts';
import type { DataDirectory } from '../../data/index.ts';

/** Where TiKV keeps what, below its data directory unless the config says another place. Source: TiKV, v8.5. */
const PLACES: { readonly [key: string]: string } = {
  'raft-engine.dir': 'raft-engine',
  'raftstore.raftdb-path': 'raft',
  'rocksdb.wal-dir': 'db',
  'rocksdb.titan.dirname': 'db/titandb',
};

export function directories(config: ConfigTable, dataDir: string): DataDirectory[] {
  // Of the two Raft logs one is in use; which one it is where nothing is said, is a question of the version.
  const isEngine = getKey(config, 'raft-engine.enable');
  return Object.entries(PLACES).flatMap(([key, below]): DataDirectory[] => {
    if (key === (isEngine === true ? 'raftstore.raftdb-path' : isEngine === false ? 'raft-engine.dir' : ''))
      return [];
    const said = getKey(config, key);
    if (typeof said === 'string' && said !== '') return [{ key, path: said, isSaid: true }];
    return dataDir === '' ? [] : [{ key, path: `${dataDir}/${below}`, isSaid: false }];
  });
}
