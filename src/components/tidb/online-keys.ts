import type { OnlineKeys } from '../online-keys.ts';

/**
 * TiDB's keys that a system variable of the server changes. Source: TiDB documentation, "Modify
 * Configuration Dynamically", v8.5.
 */
const VARIABLES: Readonly<Record<string, string>> = {
  'instance.tidb_enable_slow_log': 'tidb_enable_slow_log',
  'instance.tidb_slow_log_threshold': 'tidb_slow_log_threshold',
  'instance.tidb_expensive_query_time_threshold': 'tidb_expensive_query_time_threshold',
  'instance.tidb_enable_collect_execution_info': 'tidb_enable_collect_execution_info',
  'instance.tidb_record_plan_in_slow_log': 'tidb_record_plan_in_slow_log',
  'instance.tidb_force_priority': 'tidb_force_priority',
  'instance.max_connections': 'max_connections',
  'instance.tidb_enable_ddl': 'tidb_enable_ddl',
  'pessimistic-txn.constraint-check-in-place-pessimistic': 'tidb_constraint_check_in_place_pessimistic',
};

export const onlineKeys: OnlineKeys = {
  taken: (key) => {
    const variable = Object.hasOwn(VARIABLES, key) ? VARIABLES[key] : undefined;
    return variable === undefined ? undefined : { takes: 'sql', variable };
  },
};
