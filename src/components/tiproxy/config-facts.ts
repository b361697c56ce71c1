import type { ConfigFacts } from '../config-facts.ts';
import { PORTS } from './ports.ts';

/** The key of its config that has PD's address. */
export const PD_KEY = 'proxy.pd-addrs';

const NAMES = 'advance api balance enable-traffic-replay ha labels log metrics proxy security workdir';

export const configFacts: ConfigFacts = {
  names: NAMES.split(' '),
  flags: () => ({}),
  listens: { 'api.addr': PORTS.api, 'proxy.addr': PORTS.sql },
};
