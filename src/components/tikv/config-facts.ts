import { LABELS_VARIABLE } from '../../expand/index.ts';
import type { ConfigFacts, Flags } from '../config-facts.ts';
import { STORE_LABELS } from '../store-label-syntax.ts';
import { PORTS } from './ports.ts';
import { TIKV_DATA_DIR } from './start-script.ts';

const NAMES =
  'abort-on-panic backup backup-stream causal-ts cdc coprocessor coprocessor-v2 enable-io-snoop gc ' +
  'import in-memory-engine log log-backup log-file log-format log-level log-rotation-size ' +
  'log-rotation-timespan memory memory-usage-high-water memory-usage-limit metric ' +
  'panic-when-unexpected-key-or-data pd pessimistic-txn quota raft-engine raftdb raftstore ' +
  'readpool refresh-config-interval resolved-ts resource-control resource-metering rocksdb ' +
  'security server slow-log-file slow-log-threshold split storage';

/** The flags that TiKV is always started with. */
const FLAGS: Flags = {
  'pd.endpoints': { flag: '--pd' },
  'raftstore.capacity': { flag: '--capacity' },
  'server.addr': { flag: '--addr', values: onAnyHost(PORTS.server) },
  'server.advertise-addr': { flag: '--advertise-addr' },
  'server.status-addr': { flag: '--status-addr', values: onAnyHost(PORTS.status) },
  'storage.data-dir': { flag: '--data-dir', values: [TIKV_DATA_DIR] },
};

function onAnyHost(port: number): string[] {
  return [`0.0.0.0:${port}`, `[::]:${port}`];
}

export const configFacts: ConfigFacts = {
  names: NAMES.split(' '),
  flags: ({ dataSubDir, env }) => ({
    ...FLAGS,
    ...(dataSubDir && { 'storage.data-dir': { flag: '--data-dir' } }),
    ...(env?.some(({ name, value }) => name === LABELS_VARIABLE && value) && {
      'server.labels': { flag: '--labels' },
    }),
  }),
  labels: STORE_LABELS,
};
