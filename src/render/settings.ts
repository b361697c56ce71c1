import type { ExpandTidbGroupsSpec } from '../api/index.ts';

/** What a user can set for a render, with nothing left open. */
export type Settings = Readonly<Required<ExpandTidbGroupsSpec>>;

export const DEFAULT_SETTINGS: Settings = { addToMonitors: true, output: 'Workloads', strict: false };
