/** Validation: what is wrong with a resource, and where. */
export { checkAutoscale } from './autoscale.ts';
export {
  checkAllDuplicates,
  checkCluster,
  checkDuplicates,
  checkGroup,
  checkHashedNames,
  checkKind,
  checkName,
  checkTogether,
  checkUnknownKind,
  type Group,
  isMeantAsConfig,
  isUnknownKind,
  type Joined,
  makersOfSecrets,
  meantKinds,
  operatorOnlyFields,
  SECRET_SOURCES,
} from './meaning/index.ts';
export { checkNetworkPolicies } from './network-policies.ts';
export { checkPods, type GroupInCluster } from './pods.ts';
export { checkServerKeys } from './server-keys.ts';
export {
  checkPart,
  checkStructure,
  isOfKind,
  isTidbCluster,
  type Kinds,
  nearestIn,
  show,
} from './structure/index.ts';
