import type { TidbClusterSpec } from '../api/index.ts';
import { byName } from '../components/index.ts';
import { getKey, maySet, readConfig } from '../config/index.ts';

/** PD's own default of `max-replicas`. */
export const MAX_REPLICAS = 3;

const KEY = 'replication.max-replicas';

/** PD's `max-replicas` as a TidbCluster's config has it. PD reads it at its first start, and keeps its own from then on. */
export function maxReplicasOf({ pd }: TidbClusterSpec): number {
  const config = pd?.config;
  if (!config || !maySet(config, KEY)) return MAX_REPLICAS;
  const [{ name }] = byName.pd.configs;
  const table = readConfig(name, config, 'server', () => undefined);
  const value = Number(getKey(table, KEY));
  return Number.isInteger(value) && value > 0 ? value : MAX_REPLICAS;
}
