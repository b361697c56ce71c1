import { byName, type Keeps } from '../components/index.ts';
import { NETWORK } from '../components/network.generated.ts';
import type { Workload } from './workload.ts';

/** What is said of servers, by what they keep. */
export interface Words {
  /** One of them. */
  readonly one: 'store' | 'member' | 'server';
  /** What happens to those that start and do not see what they have kept. */
  readonly without: string;
  /** When nothing needs them. */
  readonly unused: string;
}

const STORES: Words = {
  one: 'store',
  without: 'the stores start without it, and PD refuses empty stores with addresses that it knows',
  unused: 'once the stores are empty',
};

const BY_KEEPS: { readonly [keeps in Keeps]: Words } = {
  regions: STORES,
  columns: STORES,
  quorum: {
    one: 'member',
    without: 'the members do not start, because PD knows their names and refuses them without their data',
    unused: 'once the members are out of the quorum',
  },
  log: {
    one: 'server',
    without: 'the servers start without it, and binlogs that Drainer has not taken are lost',
    unused: 'once Drainer has taken all binlogs',
  },
  nothing: { one: 'server', without: 'the servers start without it', unused: 'once nobody needs them' },
};

export function wordsOn({ component }: Pick<Workload, 'component'>): Words {
  return BY_KEEPS[byName[component].keeps];
}

/** Whether clients of the database connect to them. */
export function isForClients({ component }: Pick<Workload, 'component'>): boolean {
  return NETWORK[component]?.clientPort !== undefined;
}
