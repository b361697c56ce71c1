import { digest } from '../expand/index.ts';
import { evictions } from './danger-budget.ts';
import {
  clusterChanged,
  clusterRemoved,
  componentRemoved,
  reclaimPolicyChanged,
  tlsSwitched,
} from './danger-cluster.ts';
import { columnsGone } from './danger-columns.ts';
import { placement, refusedKeys } from './danger-config.ts';
import { outOfSight } from './danger-data.ts';
import { membersGone, membersRenamed, membersRollTogether } from './danger-members.ts';
import { outputSwitched } from './danger-output.ts';
import { elsewhere } from './danger-place.ts';
import { quorum, rollTogether, tooFew } from './danger-quorum.ts';
import { refusedChanges } from './danger-refused.ts';
import { handedOver } from './danger-replicas.ts';
import { selectsNone } from './danger-selector.ts';
import { serversRemoved, serviceRemoved } from './danger-service.ts';
import { serviceTypeChanged } from './danger-service-type.ts';
import { removal, renamed, scaleIn, suspended } from './danger-stores.ts';
import { versions } from './danger-version.ts';
import { directories, volumes } from './danger-volumes.ts';
import { type ClusterSides, type Finding, type Rule, textOfValue } from './finding.ts';
import type { Danger } from './plan.ts';
import { type ResourceName, titleOf, type Workload, workloadTitle } from './workload.ts';

/** In the order in which dangers are listed: data first. */
const RULES: readonly Rule[] = [
  clusterRemoved,
  removal,
  membersGone,
  membersRenamed,
  renamed,
  scaleIn,
  columnsGone,
  handedOver,
  clusterChanged,
  quorum,
  evictions,
  tooFew,
  volumes,
  directories,
  outOfSight,
  elsewhere,
  refusedKeys,
  versions,
  tlsSwitched,
  suspended,
  serversRemoved,
  serviceRemoved,
  serviceTypeChanged,
  selectsNone,
  outputSwitched,
  componentRemoved,
  reclaimPolicyChanged,
  refusedChanges,
  rollTogether,
  membersRollTogether,
  placement,
];

/** A danger, and where its confirmation may stand. */
export interface FoundDanger extends Omit<Danger, 'confirmed'> {
  readonly owners: readonly ResourceName[];
}

export function findDangers(sides: ClusterSides): FoundDanger[] {
  const merged = new Map<string, Finding[]>();
  // If a whole cluster is removed, its parts need no danger of their own.
  const rules = clusterRemoved(sides).length > 0 ? [clusterRemoved] : RULES;
  for (const finding of rules.flatMap((rule) => rule(sides))) {
    const confirm = `${finding.code}@${digest(textOfValue([finding.code, ...finding.facts]))}`;
    const others = merged.get(confirm);
    if (others === undefined) merged.set(confirm, [finding]);
    else others.push(finding);
  }
  const staying = new Map(
    sides.compared.flatMap(({ now }): [string, ResourceName][] =>
      now ? [[titleOf(now.workload.owner), now.written ?? now.workload.owner]] : [],
    ),
  );
  return [...merged].flatMap(([confirm, findings]) => asDanger(sides, staying, confirm, findings));
}

/** `staying` has the titles of those that are still there, and what can be annotated for them. */
function asDanger(
  sides: ClusterSides,
  staying: ReadonlyMap<string, ResourceName>,
  confirm: string,
  findings: readonly Finding[],
): FoundDanger[] {
  const { cluster } = sides;
  const [first] = findings;
  if (first === undefined) return [];
  const workloads = [...new Set(findings.flatMap((finding) => finding.workloads))];
  const moves = findings.reduce((sum, { movesBytes = 0n }) => sum + movesBytes, 0n);
  const owners = uniqueOwners(workloads);
  const [only] = owners;
  const group = owners.length === 1 && only !== undefined ? staying.get(titleOf(only)) : undefined;
  const isLeft = sides.now !== undefined || sides.old === undefined;
  return [
    {
      code: first.code,
      cluster,
      workloads: workloads.map(workloadTitle),
      message: first.message,
      instead: first.instead,
      ...(moves > 0n && { movesBytes: Number(moves) }),
      confirm,
      confirmIn: group !== undefined ? titleOf(group) : isLeft ? `TidbCluster ${cluster}` : '',
      owners,
    },
  ];
}

function uniqueOwners(workloads: readonly Workload[]): ResourceName[] {
  return [...new Map(workloads.map(({ owner }) => [titleOf(owner), owner])).values()];
}
