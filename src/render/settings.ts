import type { ExpandTidbGroupsSpec } from '../api/index.ts';

/** Settings that mean something else again where they are left open. */
type Open = 'canonicalConfig' | 'syncWaves';

/** What a user can set for a render, with nothing left open that need not be. */
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
