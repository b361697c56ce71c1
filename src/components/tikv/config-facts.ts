import type { ConfigFacts, Flags } from '../config-facts.ts';

/** With which TiKV is always started. */
export const FLAGS: Flags = {
  'pd.endpoints': { flag: '--pd' },
  'raftstore.capacity': { flag: '--capacity' },
  'server.addr': { flag: '--addr', values: ['0.0.0.0:20160', '[::]:20160'] },
  'server.advertise-addr': { flag: '--advertise-addr' },
  'server.status-addr': { flag: '--status-addr', values: ['0.0.0.0:20180', '[::]:20180'] },
  'storage.data-dir': { flag: '--data-dir', values: ['/var/lib/tikv'] },
};

const NAMES = [
  ...['abort-on-panic', 'backup', 'backup-stream', 'causal-ts', 'cdc', 'coprocessor', 'coprocessor-v2'],
  ...['enable-io-snoop', 'gc', 'import', 'in-memory-engine', 'log', 'log-backup', 'log-file', 'log-format'],
  ...['log-level', 'log-rotation-size', 'log-rotation-timespan', 'memory', 'memory-usage-high-water'],
  ...['memory-usage-limit', 'metric', 'panic-when-unexpected-key-or-data', 'pd', 'pessimistic-txn', 'quota'],
  ...['raft-engine', 'raftdb', 'raftstore', 'readpool', 'refresh-config-interval', 'resolved-ts'],
  ...['resource-control', 'resource-metering', 'rocksdb', 'security', 'server', 'slow-log-file'],
  ...['slow-log-threshold', 'split', 'storage'],
];

export const configFacts: ConfigFacts = {
  flags: ({ dataSubDir, env }) => ({
    ...FLAGS,
    ...(dataSubDir && { 'storage.data-dir': { flag: '--data-dir' } }),
    ...(env?.some(({ name, value }) => name === 'STORE_LABELS' && value) && {
      'server.labels': { flag: '--labels' },
    }),
  }),
  names: NAMES,
};
