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

/** Four have the spelling of their fields in PD's code, because nobody gave them another. */
const NAMES =
  'advertise-client-urls advertise-peer-urls auto-compaction-mode auto-compaction-retention ' +
  'DisableStrictReconfigCheck ' +
  'auto-compaction-retention-v2 client-urls cluster-version controller dashboard data-dir election-interval ' +
  'EnableGRPCGateway enable-local-tso enable-prevote ForceNewCluster initial-cluster initial-cluster-state ' +
  'initial-cluster-token join keyspace label-property labels LeaderPriorityCheckInterval lease log log-file log-level ' +
  'max-concurrent-tso-proxy-streamings max-request-bytes metric micro-service name namespace ' +
  'namespace-classifier pd-server peer-urls quota-backend-bytes replication replication-mode schedule security ' +
  'tick-interval tso-proxy-recv-from-client-timeout tso-save-interval tso-update-physical-interval';

export const configFacts: ConfigFacts = {
  names: NAMES.split(' '),
  flags: ({ dataSubDir }) => ({ ...FLAGS, ...(dataSubDir && { 'data-dir': { flag: '--data-dir' } }) }),
};
