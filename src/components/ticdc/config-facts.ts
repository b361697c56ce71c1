import type { ConfigFacts, Flags } from '../config-facts.ts';
import { PORTS } from './ports.ts';

/** The keys that TiDB Operator makes arguments and the time zone of. With any other there is a file, too. */
export const ARGUMENT_KEYS = ['tz', 'gc-ttl', 'log-level', 'log-file'];

/** The flags that TiCDC is always started with, beside those that are made of its config. */
const FLAGS: Flags = {
  addr: { flag: '--addr', values: [`0.0.0.0:${PORTS.ticdc}`] },
  'advertise-addr': { flag: '--advertise-addr' },
};

/** Those of TOML, and the four that TiDB Operator has of its own in a map. */
const NAMES =
  'addr advertise-addr capture-session-ttl cluster-id data-dir debug gc-ttl gc-tuner-memory-threshold kv-client log ' +
  'log-file log-level max-memory-percentage newarch owner-flush-interval per-table-memory-quota processor-flush-interval ' +
  'security sorter tz gcTTL logFile logLevel timezone';

/** As TiCDC checks it when it starts. The names were keys in PD's etcd before there were ids of clusters. */
const CLUSTER_ID = {
  matches: /^(?!(?:owner|capture|task|changefeed|job|meta)$)[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*$/,
  must: 'letters and digits, with single dashes between them, and not a name of TiCDC\'s own, such as "owner"',
};

export const configFacts: ConfigFacts = {
  names: NAMES.split(' '),
  flags: () => FLAGS,
  scratch: ['data-dir'],
  texts: { 'cluster-id': CLUSTER_ID },
};
