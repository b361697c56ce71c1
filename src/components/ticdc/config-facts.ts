import type { ConfigFacts, Flags } from '../config-facts.ts';
import { PORTS } from './ports.ts';

/** The keys that TiDB Operator makes arguments and the time zone of. With any other there is a file, too. */
export const ARGUMENT_KEYS = ['tz', 'gc-ttl', 'log-level', 'log-file'];

/** The flags that TiCDC is always started with, beside those that are made of its config. */
const FLAGS: Flags = {
  addr: { flag: '--addr', values: [`0.0.0.0:${PORTS.ticdc}`] },
  'advertise-addr': { flag: '--advertise-addr' },
};

/** As TiCDC checks it when it starts. The names were keys in PD's etcd before there were ids of clusters. */
const CLUSTER_ID = {
  matches: /^(?!(?:owner|capture|task|changefeed|job|meta)$)(?=.{1,128}$)[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*$/,
  must: 'at most 128 letters and digits, with single dashes between them, and not a name of TiCDC\'s own, such as "owner"',
};

export const configFacts: ConfigFacts = {
  flags: () => FLAGS,
  scratch: ['data-dir'],
  texts: { 'cluster-id': CLUSTER_ID },
};
