import type { ConfigFacts, Flags } from '../config-facts.ts';
import { PORTS } from './ports.ts';

/** The flags that TiCDC is always started with, beside those that are made of its config. */
const FLAGS: Flags = {
  addr: { flag: '--addr', values: [`0.0.0.0:${PORTS.ticdc}`] },
  'advertise-addr': { flag: '--advertise-addr' },
};

export const configFacts: ConfigFacts = { flags: () => FLAGS };
