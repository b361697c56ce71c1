import type { ConfigFacts, Flags } from '../config-facts.ts';
import { isMounted } from './checks.ts';
import { PORTS } from './ports.ts';

/** The keys of the ConfigMap: the templates of the two configs. */
export const CONFIG_TEMPLATE = 'config_templ.toml';
export const PROXY_TEMPLATE = 'proxy_templ.toml';

/** What the server gets as arguments where it reads its configs right from the ConfigMap. */
const FLAGS: Flags = {
  'flash.proxy.advertise-addr': { flag: '--flash.proxy.advertise-addr' },
  'flash.service_addr': { flag: '--flash.service_addr' },
  'raft.pd_addr': { flag: '--raft.pd_addr' },
};

const NAMES =
  'application bg_ddl_sync_schema_for_all_tables default_profile delta_index_cache_size disable_bg_flush display_name ' +
  'flash http_port https_port interserver_http_port keep_alive_timeout listen_host logger mark_cache_size ' +
  'max_connections minmax_index_cache_size path path_realtime_mode profiles quotas raft security status storage tcp_port ' +
  'tcp_port_secure tmp_path users';

export const configFacts: ConfigFacts = {
  names: NAMES.split(' '),
  listens: {
    'flash.proxy.addr': PORTS.proxy,
    'flash.service_addr': PORTS.flash,
    'status.metrics_port': PORTS.metrics,
  },
  flags: (spec) => (isMounted(spec) ? FLAGS : {}),
  ranges: { 'flash.overlap_threshold': [0, 1] },
};
