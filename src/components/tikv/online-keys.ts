import type { Value } from '../../yaml/index.ts';
import type { OnlineKeys } from '../online-keys.ts';

/**
 * TiKV's keys that `SET CONFIG` changes, below each table.
 * Source: TiDB documentation, "Modify Configuration Dynamically", v8.5.
 */
const TIKV: Readonly<Record<string, string>> = {
  log: 'level',
  raftstore:
    'raft-max-inflight-msgs raft-log-gc-tick-interval raft-log-gc-threshold raft-log-gc-count-limit ' +
    'raft-log-gc-size-limit raft-max-size-per-msg raft-entry-max-size raft-entry-cache-life-time ' +
    'max-apply-unpersisted-log-limit split-region-check-tick-interval region-split-check-diff ' +
    'region-compact-check-interval region-compact-check-step region-compact-min-tombstones ' +
    'region-compact-tombstones-percent pd-heartbeat-tick-interval pd-store-heartbeat-tick-interval ' +
    'snap-mgr-gc-tick-interval snap-gc-timeout lock-cf-compact-interval lock-cf-compact-bytes-threshold ' +
    'messages-per-tick max-peer-down-duration max-leader-missing-duration abnormal-leader-missing-duration ' +
    'peer-stale-state-check-interval consistency-check-interval raft-store-max-leader-lease ' +
    'merge-check-tick-interval cleanup-import-sst-interval local-read-batch-size apply-yield-write-size ' +
    'hibernate-timeout apply-pool-size store-pool-size apply-max-batch-size store-max-batch-size ' +
    'store-io-pool-size periodic-full-compact-start-max-cpu',
  'readpool.unified': 'max-thread-count max-tasks-per-worker auto-adjust-pool-size',
  coprocessor:
    'split-region-on-table batch-split-limit region-max-size region-split-size region-max-keys region-split-keys',
  'pessimistic-txn': 'wait-for-lock-timeout wake-up-delay-duration pipelined in-memory',
  quota:
    'foreground-cpu-time foreground-write-bandwidth foreground-read-bandwidth background-cpu-time ' +
    'background-write-bandwidth background-read-bandwidth enable-auto-tune max-delay-duration',
  gc:
    'ratio-threshold batch-keys max-write-bytes-per-sec enable-compaction-filter ' +
    'compaction-filter-skip-version-check',
  server:
    'grpc-memory-pool-quota max-grpc-send-msg-len snap-io-max-bytes-per-sec concurrent-send-snap-limit ' +
    'concurrent-recv-snap-limit raft-msg-max-batch-size simplify-metrics',
  'storage.block-cache': 'capacity',
  storage: 'scheduler-worker-pool-size',
  import: 'num-threads',
  backup: 'num-threads',
  split:
    'qps-threshold byte-threshold region-cpu-overload-threshold-ratio split-balance-score split-contained-score',
  cdc:
    'min-ts-interval old-value-cache-memory-quota sink-memory-quota incremental-scan-speed-limit ' +
    'incremental-scan-concurrency',
};

/** The same of the tables `rocksdb` and `raftdb`, and of the tables of their column families. */
const DB =
  'max-total-wal-size max-background-jobs max-background-flushes max-open-files compaction-readahead-size ' +
  'bytes-per-sync wal-bytes-per-sync writable-file-max-buffer-size';
const FAMILY =
  'block-cache-size write-buffer-size max-write-buffer-number max-bytes-for-level-base target-file-size-base ' +
  'level0-file-num-compaction-trigger level0-slowdown-writes-trigger level0-stop-writes-trigger ' +
  'max-compaction-bytes max-bytes-for-level-multiplier disable-auto-compactions ' +
  'soft-pending-compaction-bytes-limit hard-pending-compaction-bytes-limit titan.blob-run-mode ' +
  'titan.min-blob-size titan.blob-file-compression titan.discardable-ratio';
const FAMILIES = [
  'rocksdb.defaultcf',
  'rocksdb.writecf',
  'rocksdb.lockcf',
  'rocksdb.raftcf',
  'raftdb.defaultcf',
];

const KEYS = new Set([
  ...Object.entries(TIKV).flatMap(([table, keys]) => below(table, keys)),
  ...below('rocksdb', DB),
  ...below('raftdb', DB),
  ...FAMILIES.flatMap((family) => below(family, FAMILY)),
]);

function below(table: string, keys: string): string[] {
  return keys.split(' ').map((key) => `${table}.${key}`);
}

/**
 * Keys that TiKV compares at its start with those of its last run, and does not start where they differ; each with what
 * holds where it is not written. The data directory is not among them: the start script says it, whatever the config has.
 * Source: TiKV, `check_critical_cfg_with`; of the last two, `check_api_version` and the engine's own files.
 */
const REFUSED: { readonly [key: string]: Value } = {
  'rocksdb.wal-dir': '',
  'raftdb.wal-dir': '',
  'raftstore.raftdb-path': '',
  'raft-engine.dir': '',
  'storage.enable-ttl': false,
  'storage.api-version': 1,
  'storage.engine': 'raft-kv',
};

export const onlineKeys: OnlineKeys = {
  taken: (key) => (KEYS.has(key) ? { takes: 'sql' } : undefined),
  refused: REFUSED,
};
