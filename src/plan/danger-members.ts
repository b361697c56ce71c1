import { tolerated } from '../budget/index.ts';
import { counted, listed } from '../text/index.ts';
import { podList } from './advice.ts';
import { changedPairs, type Finding, type Rule } from './finding.ts';
import { keepersOf, leaveText } from './left.ts';
import { memberFates, type Quorum, quorumOf, quorumText } from './quorum.ts';
import { titled } from './servers.ts';
import type { SourcedWorkload } from './snapshot.ts';
import { inOrder, memberName, takeOut } from './steps.ts';
import { hasQuorum, titleOf, type Workload } from './workload.ts';

/**
 * Members of PD that go, over base and groups: whoever stops a member does not take it out of the quorum, which still
 * counts it, and only TiDB Operator does both.
 */
export const membersGone: Rule = (sides) => {
  const gone = memberFates(sides).filter(({ from, to }) => to < from);
  if (gone.length === 0) return [];
  const pairs = new Map(sides.compared.map((pair) => [pair.old?.workload, pair]));
  const fates = gone.map(({ workload, from, to, isCounted }) => {
    const { old, now } = pairs.get(workload) ?? {};
    return now === undefined
      ? removedText(workload, old, isCounted ? from : undefined)
      : stoppedText(workload, from, to);
  });
  const count = gone.reduce((sum, { from, to }) => sum + from - to, 0);
  const left = gone.reduce((sum, { isLeft, from, to }) => sum + (isLeft ? from - to : 0), 0);
  const { members, down } = quorumOf(sides);
  const isRenamed = sides.renames.some(({ old }) => hasQuorum(old));
  const isOne = count === 1 && gone.every(({ isCounted }) => isCounted);
  const [they, them] = isOne ? ['it', 'it'] : ['they', 'them'];
  const once = left > 0 ? `once ${they} ${isOne ? 'has' : 'have'} stopped, ` : '';
  return [
    {
      code: 'members-gone',
      workloads: gone.map(({ workload }) => workload),
      message: `${listed(fates)}, and PD still counts ${them} in its quorum (base and groups): ${once}${quorumText({ members, down: down + left })}`,
      instead: [
        ...(isRenamed
          ? [
              'Add each group under its new name, keep the old one, and wait until the new members are healthy.',
            ]
          : []),
        ...inOrder(
          gone.map(({ workload, from, to, isCounted }) =>
            takeOut(sides.old, { ...workload, replicas: isCounted ? from : undefined }, to),
          ),
        ),
      ],
      facts: [
        sides.cluster,
        members,
        down,
        ...gone.flatMap(({ workload, from, to }) => [titleOf(workload.owner), from, to]),
      ],
    },
  ];
};

function stoppedText({ set, suspended }: Workload, from: number, to: number): string {
  const pods = podList(set, from, to);
  return suspended ? `${pods} never come back` : `Kubernetes stops ${pods}`;
}

function removedText(
  { owner, suspended }: Workload,
  old: SourcedWorkload | undefined,
  from: number | undefined,
): string {
  const members = from === undefined ? 'members' : counted(from, suspended ? 'suspended member' : 'member');
  const keepers = keepersOf(old);
  return keepers.length === 0 || suspended
    ? `${titleOf(owner)} is removed with its ${members}`
    : `${titleOf(owner)} is removed, and ${leaveText(keepers)} its ${members} running but unmanaged, until somebody deletes them`;
}

/** A member keeps its name for good. */
export const membersRenamed: Rule = (sides) => {
  if (sides.old === undefined || sides.now === undefined) return [];
  return changedPairs(sides).flatMap(({ old, now }): Finding[] => {
    if (!hasQuorum(now) || old.suspended || now.suspended || old.replicas === 0) return [];
    const [was, is] = [memberName(sides.old, old, 0), memberName(sides.now, now, 0)];
    if (was === is || old.set !== now.set) return [];
    return [
      {
        code: 'members-renamed',
        workloads: [now],
        message: `\`clusterDomain\` and \`acrossK8s\` decide the names of PD's members ("${was}" → "${is}"): PD takes each one that restarts for a new member, and the old one stays in the quorum`,
        instead: ['Set both when a cluster is new, and leave them as they are on one that runs.'],
        facts: [sides.cluster, was, is],
      },
    ];
  });
};

/** Members of base and groups that restart at the same time, or while others are down, and are more than PD tolerates. */
export const membersRollTogether: Rule = (sides) => {
  const quorum = quorumOf(sides);
  const more = tolerated(quorum.members) - quorum.down;
  // If it stops without any restart, other rules say so.
  if (more < 0) return [];
  return sides.restarts.flatMap(({ lanes }): Finding[] => {
    const rolling = lanes.flatMap((lane) =>
      lane.filter(({ component, pods, byHand }) => hasQuorum({ component }) && pods.length > 0 && !byHand),
    );
    const titles = rolling.map(({ workload }) => workload);
    const isAlone = titles.length === 1 && quorum.down === 0;
    return isAlone || titles.length <= more ? [] : [togetherFinding(titles, quorum)];
  });

  function togetherFinding(titles: readonly string[], { members, down }: Quorum): Finding {
    const together =
      titles.length === 1
        ? `${titles[0]} restarts one member after another`
        : `${listed(titles)} restart at the same time, each one member after another`;
    const beside = down === 0 ? '' : ` while ${counted(down, 'member')} ${down === 1 ? 'is' : 'are'} down`;
    const needed = 2 * (titles.length + down) + 1;
    return {
      code: 'members-roll-together',
      workloads: titled(sides, titles),
      message: `${together}${beside}: PD of ${counted(members, 'member')} tolerates ${counted(tolerated(members), 'member')} down, so it stops until enough are back, and with it every server of the cluster`,
      instead: [
        ...(down === 0
          ? []
          : ['First resume suspended members, and take those that are removed out of the quorum.']),
        'Change the members of one resource at a time, and wait until all are healthy before you change the next.',
        `Or have at least ${needed} members over base and groups before you make this change.`,
      ],
      facts: [sides.cluster, members, down, ...titles.toSorted()],
    };
  }
};
