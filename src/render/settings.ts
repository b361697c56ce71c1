import type { ExpandTidbGroupsSpec } from '../api/index.ts';

/** Settings whose default depends on the context. */
type Open =
  | 'canonicalConfig'
  | 'certificates'
  | 'disruptionBudgets'
  | 'drain'
  | 'monitoring'
  | 'rollout'
  | 'syncWaves';

/** What a user can set for a render, with defaults filled in where possible. */
export type Settings = Readonly<
  Required<Omit<ExpandTidbGroupsSpec, Open>> & Pick<ExpandTidbGroupsSpec, Open>
>;

export const DEFAULT_SETTINGS: Settings = {
  addToMonitors: true,
  copyMetadata: true,
  dependsOn: true,
  guard: true,
  output: 'Workloads',
  protectStores: true,
  strict: false,
  tidbWave: 10,
  tikvWave: 1,
};
