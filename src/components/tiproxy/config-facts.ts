import type { ConfigFacts } from '../config-facts.ts';
import { PORTS } from './ports.ts';

/** The key of its config that has PD's address. */
export const PD_KEY = 'proxy.pd-addrs';

export const configFacts: ConfigFacts = {
  flags: () => ({}),
  listens: { 'api.addr': PORTS.api, 'proxy.addr': PORTS.sql },
};
