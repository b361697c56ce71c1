import { tolerated } from '../budget/index.ts';
import type { Engine } from '../gitops/index.ts';
import { counted, listed, show } from '../text/index.ts';
import { podList } from './advice.ts';
import { deletesClaims, drainFirst, idleText, isDrainedFirst } from './drained.ts';
import { type ClusterSides, changedPairs, type Finding, type Rule } from './finding.ts';
import { keepersOf, leaveText } from './left.ts';
import { ALONG, OR_JOB, OR_OPERATOR, ORDERED, orNone } from './other-ways.ts';
import { quorumOf, quorumText } from './quorum.ts';
import { resumed } from './servers.ts';
import { inOrder, takeOut } from './steps.ts';
import { sizeText, storageOf } from './volumes.ts';
import { isForClients } from './words.ts';
import { hasColumns, hasQuorum, hasRegions, hasSet, isOfBase, titleOf, type Workload } from './workload.ts';

export const scaleIn: Rule = (sides) =>
  sides.compared.flatMap(({ old: before, now: after }): Finding[] => {
    if (before === undefined || after?.workload.cluster !== sides.cluster) return [];
    const [old, now] = [resumed(before), resumed(after)];
    if (!hasRegions(now) || now.runner !== 'Kubernetes') return [];
    const [from, to] = [old.replicas, now.replicas];
    if (from === undefined || to === undefined || to >= from) return [];
    const found = {
      code: 'store-scale-in',
      workloads: [now],
      facts: [now.set, now.owner.namespace, from, to],
      movesBytes: storageOf({ claims: old.claims, replicas: from - to }),
    } as const;
    if (old.suspended || now.suspended) {
      const pods = podList(now.set, from, to);
      return [
        {
          ...found,
          message: `the ${from - to === 1 ? 'store' : 'stores'} ${pods} ${from - to === 1 ? 'does' : 'do'} not come back from the suspension, and nothing moves the data away: each region there has a replica less for good, and ${lossText(from - to, sides)}`,
          instead: [...RESUME, ...inOrder([takeOut(sides.old, old, to)])],
        },
      ];
    }
    if (isDrainedFirst(old, now)) return [];
    return [
      {
        ...found,
        message: `Kubernetes stops ${podList(now.set, from, to)} ${now.drain ? `and does not wait until the Job ${now.drain.job} has moved the data away` : 'without moving the data away'}: every region there loses a replica at once, and ${lossText(from - to, sides)}${deletesClaims(now) ? '; the volumes are deleted, too (`drain.deleteClaims`), so nothing brings the stores back' : ''}${idleText(now)}`,
        instead: now.drain
          ? [...drainFirst(old, to), now.drain.isAlong ? ALONG : ORDERED]
          : [...inOrder([takeOut(sides.old, old, to)]), OR_JOB, OR_OPERATOR],
      },
    ];
  });

/** Only a store that is up can hand over its data. */
export const RESUME = [
  'Resume the group with all the stores that it had, or leave it running, and wait until they are up.',
];

export function lossText(gone: number, { maxReplicas }: ClusterSides): string {
  return gone > tolerated(maxReplicas)
    ? `a region with most of its ${maxReplicas} replicas there is lost with them`
    : 'PD replaces it only after half an hour (max-store-down-time)';
}

export const renamed: Rule = (sides) =>
  sides.renames.flatMap(({ old, now, keepers }): Finding[] => {
    // Of members of PD it is said that they go.
    if (hasQuorum(old)) return [];
    if (old.zone !== undefined && now.zone?.group === old.zone.group) return [zoneRenamed(old, now, keepers)];
    const stores = hasRegions(old) || hasColumns(old);
    return [
      {
        code: 'group-renamed',
        workloads: [now],
        message: `${titleOf(old.owner)} is renamed to ${titleOf(now.owner)}, but a StatefulSet cannot be renamed: ${stores ? storesRenamed(old, now, keepers) : serversRenamed(old, now)}`,
        instead: stores
          ? [
              'Add the group under its new name, keep the old one, and wait until the new stores are up.',
              ...inOrder([takeOut(sides.old, old, 0)]),
            ]
          : [
              'Add the group under its new name and keep the old one.',
              isForClients(old)
                ? 'Move the clients to the new Service, then remove the old group.'
                : 'Wait until the new servers are up, then remove the old group: the others take over its changefeeds.',
            ],
        facts: [titleOf(old.owner), titleOf(now.owner)],
        ...(stores && { movesBytes: storageOf(old) }),
      },
    ];
  });

/** The same zone of one group under another name: only `keepsName` came or went. */
function zoneRenamed(old: Workload, now: Workload, keepers: readonly Engine[]): Finding {
  const stores = hasRegions(old) || hasColumns(old);
  const zone = `the zone ${show(now.zone?.name ?? '')} of ${titleOf({ ...now.owner, name: now.zone?.group ?? '' })}`;
  const kept = old.zone?.group === old.owner.name;
  return {
    code: 'group-renamed',
    workloads: [now],
    message: `${zone} is renamed from ${old.owner.name} to ${now.owner.name}, but a StatefulSet cannot be renamed: ${stores ? storesRenamed(old, now, keepers) : serversRenamed(old, now)}`,
    instead: [
      kept
        ? `Leave \`keepsName: true\` in ${zone}: it changes nothing but the names.`
        : `Leave ${zone} without \`keepsName\`, and under the name that it has: it changes nothing but the names.`,
    ],
    facts: [titleOf(old.owner), titleOf(now.owner)],
    ...(stores && { movesBytes: storageOf(old) }),
  };
}

function storesRenamed(old: Workload, now: Workload, keepers: readonly Engine[]): string {
  const fate =
    keepers.length === 0
      ? 'go without their data being moved away'
      : `are left running by ${listed(keepers)}, but unmanaged, and are lost with their data if anybody deletes them`;
  return `the stores of ${old.set} ${fate}, and ${now.set} starts with empty ones`;
}

function serversRenamed(old: Workload, now: Workload): string {
  return isForClients(old)
    ? `the servers and Services of ${old.set} are removed with all connections to them, and ${now.set} gets addresses of its own`
    : `the servers of ${old.set} are removed, and their changefeeds wait until those of ${now.set}, or others, take them over`;
}

/** What is said of stores that no Job drains yet. */
function orJob(workload: Workload): string[] {
  return workload.drain === undefined && workload.runner === 'Kubernetes' ? [orNone(workload)] : [];
}

export const removal: Rule = (sides) => {
  const moved = new Set(sides.renames.map(({ old }) => old));
  return sides.compared.flatMap(({ old, now }): Finding[] => {
    if (old === undefined || now !== undefined || moved.has(old.workload)) return [];
    const workload = resumed(old);
    if (!hasRegions(workload) || isOfBase(workload)) return [];
    const { replicas, set, owner, suspended } = workload;
    if (replicas === 0) return [];
    const stores =
      replicas === undefined
        ? 'stores'
        : `${counted(replicas, suspended ? 'suspended store' : 'store')} (${sizeText(storageOf(workload))})`;
    const keepers = suspended ? [] : keepersOf(old);
    const fate =
      keepers.length === 0
        ? `${titleOf(owner)} is removed with its ${stores}, and nothing moves the data away first:`
        : `${titleOf(owner)} is removed, and nothing has moved the data off its ${stores}: ${leaveText(keepers)} them running but unmanaged, and if anybody deletes them,`;
    return [
      {
        code: 'store-removal',
        workloads: [workload],
        message: `${fate} every region on ${podList(set, replicas, 0)} loses its replicas ${suspended ? 'for good' : 'at once'}, and ${lossText(replicas ?? Number.POSITIVE_INFINITY, sides)}`,
        instead: [
          ...(suspended ? RESUME : []),
          ...inOrder([takeOut(sides.old, workload, 0)]),
          ...orJob(workload),
        ],
        facts: [titleOf(owner), replicas ?? null],
        movesBytes: storageOf(workload),
      },
    ];
  });
};

export const suspended: Rule = (sides) => {
  const members = quorumOf(sides);
  return changedPairs(sides).flatMap(({ old, now }): Finding[] => {
    // One that was omitted earlier may still exist, with all its pods.
    const isKept = hasSet(now) && !hasSet(old);
    if (!now.suspended || (old.suspended && !isKept) || old.replicas === 0) return [];
    const quorum = hasQuorum(now) ? members : undefined;
    const what = hasRegions(now)
      ? 'all its stores stop at once, and regions with most of their replicas there become unavailable'
      : quorum === undefined
        ? 'all its pods stop at once'
        : `all its members stop at once, and PD still counts them in its quorum: ${quorumText(quorum)}`;
    return [
      {
        code: 'suspended',
        workloads: [now],
        message: `\`suspendAction.suspendStatefulSet\` ${hasSet(now) ? `leaves the StatefulSet ${now.set} without replicas` : `removes the StatefulSet ${now.set}`}: ${what}; the volumes stay`,
        instead: ['Suspend only if nothing uses the servers, or if you want to stop the whole cluster.'],
        facts: [
          now.set,
          now.owner.namespace,
          // Whether PD still decides depends on all its members.
          ...(quorum === undefined ? [] : [quorum.members, quorum.down]),
        ],
      },
    ];
  });
};
