/** Which stores a placement policy puts data on: policies for groups, as SQL, and what is wrong with others. */
export { checkPolicies, type PolicyFault, type Stores } from './check.ts';
export { placementJob, type SqlServer } from './job.ts';
export { has, POLICIES_SINCE, policiesOf, sqlRelease, storeCount } from './policy.ts';
export { policySql } from './sql.ts';
