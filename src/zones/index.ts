/** Groups with zones, or with labels that name them, as plain groups. Loaded on demand: most groups are plain. */
export { ZONE_KEY } from './affinity.ts';
export { checkOthersLabels } from './check-others.ts';
export { checkStoresTogether, type Members } from './check-together.ts';
export { checkPlacement } from './checks.ts';
export { type PlainGroup, plainGroups, zonesOf } from './plain-groups.ts';
export { Retold } from './problems.ts';
export { clientServiceIn, serviceAcrossZones, serviceOfKeeper } from './services.ts';
export { sharesOf } from './shares.ts';
