import type { OnlineKeys } from '../online-keys.ts';

/**
 * PD's tables whose keys it keeps in etcd from its first start on.
 * Source: TiDB on Kubernetes documentation, "Modify TiDB Cluster Configuration".
 */
const STORED = ['schedule', 'replication', 'pd-server', 'replication-mode', 'cluster-version'];

export const onlineKeys: OnlineKeys = {
  taken: (key) => {
    if (key === 'log.level') return { takes: 'sql' };
    const isStored = STORED.some((table) => key === table || key.startsWith(`${table}.`));
    return isStored ? { takes: 'sql-only' } : undefined;
  },
};
