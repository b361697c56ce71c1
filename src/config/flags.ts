/** A key that the start script sets by a flag, so that what a config says of it has no effect. */
export interface Flag {
  readonly flag: string;
  /** All that it may be set to; undefined where that is different for each pod or cluster. */
  readonly values?: readonly string[];
}

/** The flags that the servers of a component are always started with, by the keys of the config that they stand for. */
export const FLAGS: { readonly [component: string]: { readonly [key: string]: Flag } } = {
  pd: {
    'advertise-client-urls': { flag: '--advertise-client-urls' },
    'advertise-peer-urls': { flag: '--advertise-peer-urls' },
    'client-urls': { flag: '--client-urls' },
    'data-dir': { flag: '--data-dir', values: ['/var/lib/pd'] },
    name: { flag: '--name' },
    'peer-urls': { flag: '--peer-urls' },
  },
  tidb: {
    'advertise-address': { flag: '--advertise-address' },
    host: { flag: '--host', values: ['0.0.0.0'] },
    path: { flag: '--path' },
    store: { flag: '--store', values: ['tikv'] },
  },
  tikv: {
    'pd.endpoints': { flag: '--pd' },
    'raftstore.capacity': { flag: '--capacity' },
    'server.addr': { flag: '--addr', values: ['0.0.0.0:20160', '[::]:20160'] },
    'server.advertise-addr': { flag: '--advertise-addr' },
    'server.status-addr': { flag: '--status-addr', values: ['0.0.0.0:20180', '[::]:20180'] },
    'storage.data-dir': { flag: '--data-dir', values: ['/var/lib/tikv'] },
  },
};
