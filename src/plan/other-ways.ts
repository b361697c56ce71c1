import type { Workload } from './workload.ts';

/** What else a user may do than to drain stores by hand. */

/** The operator does all of that where it runs a group whose `replicas` become fewer. */
export const OR_OPERATOR =
  'Or let TiDB Operator do all of that: with `spec.output: TidbCluster` in the function config, the group is rendered as a TidbCluster, and the operator drains its stores.';

/** The same for stores that a Job may drain. */
export const OR_JOB =
  'Or let a Job do that, with `spec.drain.enabled: true` in the function config: docs/operations.md says how for each engine.';

/** The same for all stores of a group. */
export function orNone({ zone }: Workload): string {
  const [of, field] = zone === undefined ? ['group', 'spec.replicas'] : ['zone', 'replicas'];
  return `Or let a Job do that, with \`spec.drain.enabled: true\` in the function config: it drains all stores of a ${of} with \`${field}: 0\`, and then the ${of} can be removed. docs/operations.md says how for each engine.`;
}

/** What makes a Job enough, where there is one. */
export const ORDERED =
  'Or tell the render that your engine waits for the Job, with `spec.drain.engine` in the function config, once it does: docs/operations.md says how.';

/** The same where the Job cannot have a wave before its StatefulSet. */
export const ALONG =
  'Argo CD cannot wait for the Job, because the TidbCluster has SQL servers and no stores, and so waits for those of this group. Where it has stores of its own (`spec.tikv`), or its SQL servers are in a TiDBGroup, the Job has a wave before.';
