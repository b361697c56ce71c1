import type { ConfigFacts, Flags } from '../config-facts.ts';
import { STORE_LABELS } from '../store-label-syntax.ts';
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

export const configFacts: ConfigFacts = {
  listens: {
    'flash.proxy.addr': PORTS.proxy,
    'flash.service_addr': PORTS.flash,
    'status.metrics_port': PORTS.metrics,
  },
  flags: (spec) => (isMounted(spec) ? FLAGS : {}),
  labels: STORE_LABELS,
  ranges: { 'flash.overlap_threshold': [0, 1] },
};
