import type { ConfigFacts, Flags } from '../config-facts.ts';

/** Where PD's claim is mounted. */
export const DATA_DIR = '/var/lib/pd';

/** The flags that PD is always started with. */
const FLAGS: Flags = {
  'advertise-client-urls': { flag: '--advertise-client-urls' },
  'advertise-peer-urls': { flag: '--advertise-peer-urls' },
  'client-urls': { flag: '--client-urls' },
  'data-dir': { flag: '--data-dir', values: [DATA_DIR] },
  name: { flag: '--name' },
  'peer-urls': { flag: '--peer-urls' },
};

export const configFacts: ConfigFacts = {
  flags: ({ dataSubDir }) => ({ ...FLAGS, ...(dataSubDir && { 'data-dir': { flag: '--data-dir' } }) }),
};
