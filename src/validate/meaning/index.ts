export { checkAllDuplicates } from './all-duplicates.ts';
/** What resources mean: alone, and together. */
export { checkCluster } from './cluster.ts';
export { checkDuplicates } from './duplicates.ts';
export { checkGroup } from './group.ts';
export type { Group } from './group-of.ts';
export { checkHashedNames } from './hashed-names.ts';
export { checkKind, checkUnknownKind, isMeantAsConfig, isUnknownKind, meantKinds } from './kind.ts';
export { checkName } from './name.ts';
export { operatorOnlyFields } from './operator-only.ts';
export { makersOfSecrets, SECRET_SOURCES } from './secrets.ts';
export { checkTogether, type Joined } from './together.ts';
