import type { ConfigFacts } from '../config-facts.ts';
import { PORTS } from './ports.ts';

/** The key of its config that has PD's address. */
export const PD_KEY = 'proxy.pd-addrs';

export const configFacts: ConfigFacts = {
  flags: () => ({}),
  texts: {
    // As TiProxy checks them when it starts, and when its file has changed.
    'balance.policy': {
      matches: /^(?:resource|location|connection|)$/,
      must: '"resource", "location" or "connection"',
    },
    'proxy.proxy-protocol': { matches: /^(?:v2|)$/, must: '"v2" or empty' },
  },
  listens: { 'api.addr': PORTS.api, 'proxy.addr': PORTS.sql },
};
