import type { OnlineKeys } from '../online-keys.ts';
import { isMounted } from './checks.ts';

/**
 * What TiFlash takes when its file changes, which it does only where the server reads the ConfigMap itself: an init
 * container copies the file otherwise. Source: TiFlash v8.5, the reloaders of its main config and of settings.
 */
const RELOADED = [
  'flash.batch_read_index_timeout_ms',
  'flash.compact_log_min_bytes',
  'flash.compact_log_min_gap',
  'flash.compact_log_min_rows',
  'flash.eager_gc_log_gap',
  'flash.read_index_worker_tick_ms',
  'flash.wait_index_timeout_ms',
  'flash.wait_region_ready_timeout_sec',
  'logger',
  'profiles',
  'security.ca_path',
  'security.cert_allowed_cn',
  'security.cert_path',
  'security.key_path',
  'storage.io_rate_limit',
];

/** TiDB passes it on with each query, and it goes before the config of TiFlash. */
const MAX_THREADS = 'profiles.default.max_threads';

/**
 * The proxy is a TiKV, and compares these with those of its last run, as TiKV does. Where it keeps data, and whether it
 * has a Raft engine, TiFlash says. Source: tidb-engine-ext, `check_critical_config`.
 */
const REFUSED = {
  'proxy: rocksdb.wal-dir': '',
  'proxy: raftdb.wal-dir': '',
  'proxy: raftstore.raftdb-path': '',
  'proxy: raft-engine.dir': '',
  'proxy: storage.enable-ttl': false,
  'proxy: storage.api-version': 1,
};

export const onlineKeys: OnlineKeys = {
  taken: (key, annotations) => {
    if (key === MAX_THREADS) return { takes: 'sql', variable: 'tidb_max_tiflash_threads' };
    const isReloaded = RELOADED.some((one) => key === one || key.startsWith(`${one}.`));
    return isReloaded && isMounted({ annotations }) ? { takes: 'reload' } : undefined;
  },
  refused: REFUSED,
};
