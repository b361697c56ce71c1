import type { TiFlashSpec } from '../../api/index.ts';
import type { ConfigValue } from '../../config/index.ts';
import { Float } from '../../yaml/index.ts';
import type { Addresses } from './addresses.ts';
import { PROXY_TEMPLATE } from './config-facts.ts';
import { CLICKHOUSE_PORTS, PORTS } from './ports.ts';
import { FIRST, TEMPLATES } from './templates.ts';

/** Keys by their paths, and what TiDB Operator writes where the user has not. */
export interface Defaults {
  readonly [key: string]: ConfigValue;
}

/** The logs that containers beside the server print, in their order. */
export const LOGS = {
  serverlog: ['logger.log', '/data0/logs/server.log'],
  errorlog: ['logger.errorlog', '/data0/logs/error.log'],
  clusterlog: ['flash.flash_cluster.log', '/data0/logs/flash_cluster_manager.log'],
} as const;

const LOG_DEFAULTS: Defaults = Object.fromEntries(Object.values(LOGS));

export function dataDirs({ storageClaims }: TiFlashSpec): string[] {
  return storageClaims.map((_, index) => `/data${index}/db`);
}

/** For the config of versions from 5.4 on. */
export function commonDefaults(at: Addresses, isMounted: boolean): Defaults {
  return {
    tmp_path: '/data0/tmp',
    'flash.tidb_status_addr': at.tidbStatus,
    ...LOG_DEFAULTS,
    'flash.proxy.addr': `${at.any}:${PORTS.proxy}`,
    'flash.proxy.data-dir': '/data0/proxy',
    'raft.pd_addr': at.pd,
    ...(isMounted
      ? { 'flash.proxy.config': `${TEMPLATES}/${PROXY_TEMPLATE}` }
      : {
          'flash.service_addr': `${at.any}:${PORTS.flash}`,
          'flash.proxy.advertise-addr': `${at.own}:${PORTS.proxy}`,
          'flash.proxy.config': `${FIRST.path}/proxy.toml`,
        }),
    ...(at.any === '[::]' && { listen_host: '::', 'status.metrics_port': PORTS.metrics }),
  };
}

/** For the config of earlier versions, which is one of ClickHouse. */
export function olderDefaults(at: Addresses): Defaults {
  return {
    ...commonDefaults(at, false),
    display_name: 'TiFlash',
    default_profile: 'default',
    path: '/data0/db',
    path_realtime_mode: false,
    mark_cache_size: 5_368_709_120,
    minmax_index_cache_size: 5_368_709_120,
    tcp_port: CLICKHOUSE_PORTS.tcp,
    tcp_port_secure: CLICKHOUSE_PORTS.tcp,
    https_port: CLICKHOUSE_PORTS.http,
    http_port: CLICKHOUSE_PORTS.http,
    interserver_http_port: CLICKHOUSE_PORTS.internal,
    'flash.overlap_threshold': new Float(0.6),
    'flash.compact_log_min_period': 200,
    'flash.flash_cluster.cluster_manager_path': '/tiflash/flash_cluster_manager',
    'flash.flash_cluster.refresh_interval': 20,
    'flash.flash_cluster.update_rule_interval': 10,
    'flash.flash_cluster.master_ttl': 60,
    'logger.size': '100M',
    'logger.level': 'information',
    'logger.count': 10,
    'application.runAsDaemon': true,
    'raft.kvstore_path': '/data0/kvstore',
    'raft.storage_engine': 'dt',
    listen_host: at.any === '[::]' ? '::' : at.any,
    'status.metrics_port': PORTS.metrics,
    ...below('quotas.default.interval', {
      duration: 3600,
      queries: 0,
      errors: 0,
      result_rows: 0,
      read_rows: 0,
      execution_time: 0,
    }),
    ...below('users.readonly', userOf('readonly')),
    ...below('users.default', userOf('default')),
    'profiles.readonly.readonly': 1,
    ...below('profiles.default', {
      max_memory_usage: 10_000_000_000,
      load_balancing: 'random',
      use_uncompressed_cache: 0,
    }),
  };
}

/** For the config of the proxy. */
export function proxyDefaults(at: Addresses, isMounted: boolean): Defaults {
  return {
    'log-level': 'info',
    'server.status-addr': `${at.any}:${PORTS.proxyStatus}`,
    ...(!isMounted && {
      'server.engine-addr': `${at.own}:${PORTS.flash}`,
      'server.advertise-status-addr': `${at.own}:${PORTS.proxyStatus}`,
    }),
  };
}

function userOf(profile: string): Defaults {
  return { profile, quota: 'default', 'networks.ip': '::/0', password: '' };
}

function below(table: string, defaults: Defaults): Defaults {
  return Object.fromEntries(Object.entries(defaults).map(([key, value]) => [`${table}.${key}`, value]));
}
