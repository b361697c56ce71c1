/** Which stores a placement policy puts data on: policies for groups, as SQL, and what is wrong with others. */
export { checkPolicies } from './check.ts';
export { placementJob, type SqlServer } from './job.ts';
export { has, POLICIES_SINCE, type Policy, policiesOf, sqlRelease, storeCount } from './policy.ts';
export type { PolicyFault } from './policy-options.ts';
export { policySql } from './sql.ts';
export { Stores } from './stores.ts';
