import { isSince, type Release, releaseOf } from '../expand/index.ts';
import type { Cluster, Servers } from '../system/index.ts';
import { constraintsForEach } from './choose.ts';
import type { Constraint } from './constraint.ts';

/** A placement policy that puts data on the stores of one group. */
export interface Policy {
  readonly name: string;
  readonly group: Servers;
  readonly constraints: readonly Constraint[];
  /** Beside the leader. */
  readonly followers: number;
  /** Labels by which the replicas are kept apart; empty where this version of TiDB has no such option. */
  readonly survival: readonly string[];
}

/** The first that has policies, and the first that has SURVIVAL_PREFERENCES. */
export const POLICIES_SINCE = [6, 0, 0] as const;
export const SURVIVAL_SINCE = [6, 6, 0] as const;

/** More are an error of TiDB's, and fewer than one of its grammar. */
const FOLLOWERS = { least: 1, most: 8 };

/** The stores that policies choose from: those of rows. */
export function storesOf({ servers }: Cluster): Servers[] {
  return servers.filter(({ placement }) => placement.data !== 'none');
}

/** The release of the SQL servers; the oldest where there are several, undefined where none can be told. */
export function sqlRelease({ servers, version }: Cluster): Release | undefined {
  const images = servers.filter(({ layer }) => layer === 'sql').map(({ image }) => image);
  const releases = (images.length > 0 ? images : [`:${version}`]).map(releaseOf);
  return releases.reduce((oldest, one) => (oldest && one && isSince(oldest, one.number) ? one : oldest));
}

/** Whether a release has what came with another one; one that cannot be told counts as new. */
export function has(release: Release | undefined, since: Release['number']): boolean {
  return release === undefined || isSince(release, since);
}

/** A policy for each TiKVGroup of a cluster, and the groups that no constraints tell apart from other stores. */
export function policiesOf(
  cluster: Cluster,
  maxReplicas: number,
): { readonly policies: readonly Policy[]; readonly unlike: readonly Servers[] } {
  const stores = storesOf(cluster);
  const chosen = constraintsForEach(stores.map(({ placement }) => placement.labels));
  const named = new Set<string>();
  const repeated = new Set<string>();
  for (const { name } of stores.filter(({ joins }) => joins)) (named.has(name) ? repeated : named).add(name);
  const survival = has(sqlRelease(cluster), SURVIVAL_SINCE) ? cluster.locationLabels : [];
  const followers = Math.min(Math.max(maxReplicas - 1, FOLLOWERS.least), FOLLOWERS.most);
  const policies: Policy[] = [];
  const unlike: Servers[] = [];
  for (const [index, group] of stores.entries()) {
    if (!group.joins) continue;
    const constraints = chosen[index];
    if (constraints === undefined) {
      unlike.push(group);
      continue;
    }
    const name = repeated.has(group.name) ? `${group.namespace}-${group.name}` : group.name;
    policies.push({ name, group, constraints, followers, survival });
  }
  return { policies, unlike };
}
