import type { ConfigFacts, Flags } from '../config-facts.ts';

/** With which PD is always started. */
const FLAGS: Flags = {
  'advertise-client-urls': { flag: '--advertise-client-urls' },
  'advertise-peer-urls': { flag: '--advertise-peer-urls' },
  'client-urls': { flag: '--client-urls' },
  'data-dir': { flag: '--data-dir', values: ['/var/lib/pd'] },
  name: { flag: '--name' },
  'peer-urls': { flag: '--peer-urls' },
};

export const configFacts: ConfigFacts = {
  flags: ({ dataSubDir }) => ({ ...FLAGS, ...(dataSubDir && { 'data-dir': { flag: '--data-dir' } }) }),
};
