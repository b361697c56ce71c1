import type { Engine } from '../gitops/index.ts';
import { counted, listed } from '../text/index.ts';
import { mapAt, sameValue } from '../yaml/index.ts';
import { drainSteps, podList } from './advice.ts';
import { type ClusterSides, type Compared, changedPairs, type Finding, type Rule } from './finding.ts';
import { keepersOf, leaveText } from './left.ts';
import { sizeText, storageOf } from './volumes.ts';
import { hasColumns, hasQuorum, hasRegions, hasSet, titleOf, type Workload } from './workload.ts';

export const scaleIn: Rule = (sides) =>
  changedPairs(sides).flatMap(({ old, now }): Finding[] => {
    if (!hasRegions(now) || now.runner !== 'Kubernetes' || old.suspended || now.suspended) return [];
    const [from, to] = [old.replicas, now.replicas];
    if (from === undefined || to === undefined || to >= from) return [];
    const moves = storageOf({ claims: old.claims, replicas: from - to });
    return [
      {
        code: 'store-scale-in',
        workloads: [now],
        message: `Kubernetes stops ${podList(now.set, from, to)} without moving the data away: every region there loses a replica at once, and ${lossText(from - to, sides)}`,
        instead: drainSteps(old, to),
        facts: [now.set, now.owner.namespace, from, to],
        movesBytes: moves,
      },
    ];
  });

export function lossText(gone: number, { maxReplicas }: ClusterSides): string {
  return gone > tolerated(maxReplicas)
    ? `a region with most of its ${maxReplicas} replicas there is lost with them`
    : 'PD makes up for it only after half an hour (max-store-down-time)';
}

/** How many of the replicas of a region may be gone while it still serves. */
export function tolerated(maxReplicas: number): number {
  return Math.floor((maxReplicas - 1) / 2);
}

/** A group that went and one that came in its place, under another name. */
interface Rename {
  readonly old: Workload;
  readonly now: Workload;
  /** The engines that leave the old one running. */
  readonly keepers: readonly Engine[];
}

export function renames({ compared }: ClusterSides): Rename[] {
  const gone = compared.filter(
    ({ old, now }) => old !== undefined && now === undefined && isGroup(old.workload),
  );
  const came = compared.filter(
    ({ old, now }) => now !== undefined && old === undefined && isGroup(now.workload),
  );
  return gone.flatMap((from): Rename[] => {
    const to = came.find((candidate) => isSame(from, candidate));
    if (to?.now === undefined || from.old === undefined) return [];
    came.splice(came.indexOf(to), 1);
    return [{ old: from.old.workload, now: to.now.workload, keepers: keepersOf(from.old) }];
  });
}

function isGroup({ owner }: Workload): boolean {
  return owner.kind !== 'TidbCluster';
}

function isSame({ old }: Compared, { now }: Compared): boolean {
  if (old === undefined || now === undefined) return false;
  const [was, is] = [old.workload, now.workload];
  if (was.component !== is.component) return false;
  if (old.group !== undefined && now.group !== undefined) {
    return sameValue(mapAt(old.group, 'spec'), mapAt(now.group, 'spec'));
  }
  const volumes = (workload: Workload) => workload.claims.map(({ template }) => template);
  return was.replicas === is.replicas && sameValue(volumes(was), volumes(is));
}

export const renamed: Rule = (sides) =>
  renames(sides).flatMap(({ old, now, keepers }): Finding[] => {
    // Of members of PD it is said that they go.
    if (hasQuorum(old)) return [];
    const stores = hasRegions(old) || hasColumns(old);
    const fate =
      keepers.length === 0
        ? 'go without their data being moved away'
        : `are left running by ${listed(keepers)} with nobody to look after them, and go with their data where anybody deletes them`;
    const loss = stores
      ? `the stores of ${old.set} ${fate}, and ${now.set} starts with empty ones`
      : `the servers and Services of ${old.set} go with all connections to them, and ${now.set} gets addresses of its own`;
    return [
      {
        code: 'group-renamed',
        workloads: [now],
        message: `${titleOf(old.owner)} is called ${titleOf(now.owner)} now, which no StatefulSet can be: ${loss}`,
        instead: stores
          ? [
              'Add the group under its new name, keep the old one, and wait until the new stores are up.',
              ...drainSteps(old, 0),
            ]
          : [
              'Add the group under its new name and keep the old one.',
              'Move the clients over to the new Service, then remove the old group.',
            ],
        facts: [titleOf(old.owner), titleOf(now.owner)],
        ...(stores && { movesBytes: storageOf(old) }),
      },
    ];
  });

export const removal: Rule = (sides) => {
  const moved = new Set(renames(sides).map(({ old }) => old));
  return sides.compared.flatMap(({ old, now }): Finding[] => {
    const workload = old?.workload;
    if (workload === undefined || now !== undefined || moved.has(workload)) return [];
    if (!hasRegions(workload) || !isGroup(workload) || workload.suspended) return [];
    const { replicas = 0, set, owner } = workload;
    if (replicas === 0) return [];
    const stores = `${counted(replicas, 'store')} (${sizeText(storageOf(workload))})`;
    const keepers = keepersOf(old);
    const fate =
      keepers.length === 0
        ? `${titleOf(owner)} goes with its ${stores}, and nobody moves the data away first:`
        : `${titleOf(owner)} is gone, and nobody has moved the data off its ${stores}: ${leaveText(keepers)} them running with nobody to look after them, and where anybody deletes them,`;
    return [
      {
        code: 'store-removal',
        workloads: [workload],
        message: `${fate} every region on ${podList(set, replicas, 0)} loses its replicas at once, and ${lossText(replicas, sides)}`,
        instead: drainSteps(workload, 0),
        facts: [titleOf(owner), replicas],
        movesBytes: storageOf(workload),
      },
    ];
  });
};

export const suspended: Rule = (sides) =>
  changedPairs(sides).flatMap(({ old, now }): Finding[] => {
    // One that was left out once may be there still, with all of its pods.
    const isKept = hasSet(now) && !hasSet(old);
    if (!now.suspended || (old.suspended && !isKept) || old.replicas === 0) return [];
    const what = hasRegions(now)
      ? 'all its stores go at once, and regions with most of their replicas there stop serving'
      : hasQuorum(now)
        ? 'all its members stop at once, and PD goes on to count them in its quorum'
        : 'all its pods stop at once';
    return [
      {
        code: 'suspended',
        workloads: [now],
        message: `\`suspendAction.suspendStatefulSet\` ${hasSet(now) ? `leaves the StatefulSet ${now.set} without replicas` : `takes the StatefulSet ${now.set} away`}: ${what}; the volumes stay`,
        instead: ['Suspend only where nothing uses the servers, or where the whole cluster is to stop.'],
        facts: [now.set, now.owner.namespace],
      },
    ];
  });
