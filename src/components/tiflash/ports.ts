/** The ports of TiFlash, as TiDB Operator has it listen. */
export const PORTS = { flash: 3930, proxy: 20170, metrics: 8234, proxyStatus: 20292 };

/** Those of its own SQL protocols, which versions before 7.1 open, and of the servers among each other. */
export const CLICKHOUSE_PORTS = { tcp: 9000, http: 8123, internal: 9009 };
