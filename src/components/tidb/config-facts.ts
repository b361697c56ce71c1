import type { ConfigFacts, Flags } from '../config-facts.ts';
import { PORTS } from './ports.ts';

const NAMES =
  'advertise-address alter-primary-key autoscaler-addr autoscaler-cluster-id autoscaler-type ' +
  'ballast-object-size binlog check-mb4-value-in-utf8 compatible-kill-query cors ' +
  'delay-clean-table-lock deprecate-integer-display-length disaggregated-tiflash ' +
  'enable-32bits-connection-id enable-batch-dml enable-collect-execution-info ' +
  'enable-dynamic-config enable-enum-length-limit enable-forwarding enable-global-index ' +
  'enable-global-kill enable-streaming enable-table-lock enable-tcp4-only enable-telemetry ' +
  'experimental graceful-wait-before-shutdown host in-mem-slow-query-recent-num ' +
  'in-mem-slow-query-topn-num index-limit initialize-sql-file instance ' +
  'is-tiflashcompute-fixed-pool isolation-read keyspace-name labels lease log ' +
  'lower-case-table-names max-ballast-object-size max-index-length max-server-connections ' +
  'mem-quota-query new_collations_enabled_on_first_bootstrap oom-action oom-use-tmp-storage ' +
  'opentracing path pd-client performance pessimistic-txn plugin port prepared-plan-cache ' +
  'proxy-protocol repair-mode repair-table-list run-ddl security server-version ' +
  'skip-register-to-dashboard socket split-region-max-num split-table status stmt-summary store ' +
  'stores-refresh-interval table-column-count-limit temp-dir tidb-edition tidb-enable-exit-check ' +
  'tidb-max-reuse-chunk tidb-max-reuse-column tidb-release-version tikv-client tmp-storage-path ' +
  'tmp-storage-quota token-limit top-sql transaction-summary treat-old-version-utf8-as-utf8mb4 ' +
  'txn-local-latches use-autoscaler version-comment';

/** The flags that TiDB is always started with. */
const FLAGS: Flags = {
  'advertise-address': { flag: '--advertise-address' },
  host: { flag: '--host', values: ['0.0.0.0'] },
  path: { flag: '--path' },
  store: { flag: '--store', values: ['tikv'] },
};

export const configFacts: ConfigFacts = {
  names: NAMES.split(' '),
  flags: ({ separateSlowLog, plugins, binlogEnabled }) => ({
    ...FLAGS,
    ...(separateSlowLog !== false && { 'log.slow-query-file': { flag: '--log-slow-query' } }),
    ...(plugins?.length && {
      'plugin.dir': { flag: '--plugin-dir' },
      'plugin.load': { flag: '--plugin-load' },
    }),
    ...(binlogEnabled && { 'binlog.enable': { flag: '--enable-binlog', values: ['true'] } }),
  }),
  ports: { port: PORTS.server, 'status.status-port': PORTS.status },
  statusKey: 'status.report-status',
};
