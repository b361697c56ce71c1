import { isSince, type Release, releaseOf } from '../expand/index.ts';
import { allBy } from '../lookup/index.ts';
import type { Cluster, Servers } from '../system/index.ts';
import { constraintsForEach } from './choose-constraints.ts';
import type { Constraint } from './constraint.ts';
import { GROUP_LABELS, named } from './policy-names.ts';

/** A placement policy that puts data on the stores of one group. */
export interface Policy {
  readonly name: string;
  /** One, or several where a group has a set of stores for each zone. */
  readonly groups: readonly [Servers, ...Servers[]];
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
export const FOLLOWERS = { least: 1, most: 8 };

/** The stores that policies choose from: those of rows. */
export function storesOf({ servers }: Cluster): Servers[] {
  return servers.filter(({ placement }) => placement.data !== 'none');
}

/** The release of the SQL servers; the oldest where there are several, undefined where none can be told. */
export function sqlRelease({ servers, version }: Cluster): Release | undefined {
  const images = servers.filter(({ layer }) => layer === 'sql').map(({ image }) => image);
  const releases = (images.length > 0 ? images : [`:${version}`]).map(releaseOf);
  return releases
    .filter((release) => release !== undefined)
    .reduce<Release | undefined>(
      (oldest, one) => (oldest === undefined || isSince(oldest, one.number) ? one : oldest),
      undefined,
    );
}

/** Whether a release has what came with another one; one that cannot be told counts as new. */
export function has(release: Release | undefined, since: Release['number']): boolean {
  return release === undefined || isSince(release, since);
}

/** How many stores there are together; undefined where something else controls a number. */
export function storeCount(groups: readonly Servers[]): number | undefined {
  return groups.reduce<number | undefined>(
    (sum, { replicas, suspended }) =>
      sum === undefined || replicas === undefined || suspended ? undefined : sum + replicas,
    0,
  );
}

/** A policy for each TiKVGroup of a cluster, and the groups that no constraints tell apart from other stores. */
export function policiesOf(
  cluster: Cluster,
  maxReplicas: number,
): { readonly policies: readonly Policy[]; readonly unlike: readonly Servers[] } {
  const stores = storesOf(cluster);
  // Where the base has such a label, it does not name a group.
  const together = GROUP_LABELS.filter((key) =>
    stores.every(({ joins, placement }) => joins || placement.labels[key] === undefined),
  );
  const chosen = constraintsForEach(
    stores.map(({ placement }) => placement.labels),
    together,
    zonedGroups(stores),
  );
  const survival = has(sqlRelease(cluster), SURVIVAL_SINCE) ? cluster.locationLabels : [];
  const followers = Math.min(Math.max(maxReplicas - 1, FOLLOWERS.least), FOLLOWERS.most);
  const members = new Map<readonly Constraint[], [Servers, ...Servers[]]>();
  const unlike: Servers[] = [];
  for (const [index, group] of stores.entries()) {
    const constraints = chosen[index];
    if (!group.joins) continue;
    if (constraints === undefined) {
      unlike.push(group);
      continue;
    }
    const known = members.get(constraints);
    if (known === undefined) members.set(constraints, [group]);
    else known.push(group);
  }
  const policies = [...members].map(([constraints, groups]) => ({
    groups,
    constraints,
    followers,
    survival,
  }));
  return { policies: named(policies), unlike };
}

/** The positions of the stores of each group with zones. */
function zonedGroups(stores: readonly Servers[]): (readonly number[])[] {
  const byGroup = allBy(stores.keys(), (index) => {
    const { kind, namespace, joins, zoneOf } = stores[index] ?? {};
    return joins && zoneOf !== undefined ? [JSON.stringify([kind, namespace, zoneOf])] : [];
  });
  return [...byGroup.values()];
}
