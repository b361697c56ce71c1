import { NOTES } from '../components/notes.generated.ts';
import { getKey } from '../config/index.ts';
import type { Workload } from './workload.ts';

/** What servers of a component share their work by; undefined if all of them in a TidbCluster do. */
export interface Team {
  /** The config key. */
  readonly key: string;
  readonly value: string;
}

export function teamOf({ component, configs: [config] }: Workload): Team | undefined {
  const team = NOTES[component]?.team;
  if (team === undefined) return undefined;
  const written = config === undefined ? undefined : getKey(config.table, team.key);
  return { key: team.key, value: typeof written === 'string' && written !== '' ? written : team.standard };
}
