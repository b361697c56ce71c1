import type { ExpandTidbGroupsSpec } from '../api/index.ts';

/** Settings that no single value can stand for: left open, each resource decides. */
type Open = 'canonicalConfig';

/** What a user can set for a render, with nothing left open but what resources decide. */
export type Settings = Readonly<
  Required<Omit<ExpandTidbGroupsSpec, Open>> & Pick<ExpandTidbGroupsSpec, Open>
>;

export const DEFAULT_SETTINGS: Settings = {
  addToMonitors: true,
  guard: true,
  output: 'Workloads',
  strict: false,
};
