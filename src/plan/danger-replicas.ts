import { tolerated } from '../budget/index.ts';
import { quote } from '../expand/index.ts';
import { counted } from '../text/index.ts';
import { howManyRun, kubectl, podList } from './advice.ts';
import { lossText } from './danger-stores.ts';
import { type ClusterSides, changedPairs, type Finding, type Rule } from './finding.ts';
import { type Quorum, quorumOf, quorumText } from './quorum.ts';
import { storageOf } from './volumes.ts';
import { isForClients, wordsOn } from './words.ts';
import { hasColumns, hasQuorum, hasRegions, titleOf, type Workload } from './workload.ts';
import { replicasField } from './zone.ts';

/** An autoscaler takes over the number of pods, or gives it back: the manifests do not say how many are running. */
export const handedOver: Rule = (sides) => {
  const quorum = quorumOf(sides);
  return changedPairs(sides).flatMap(({ old, now }): Finding[] => {
    if (now.runner !== 'Kubernetes' || old.suspended || now.suspended) return [];
    const [from, to] = [old.replicas, now.replicas];
    if (from !== undefined && from > 1 && to === undefined)
      return [leavesOne(old, now, from, lossOf(now, from - 1, sides, quorum))];
    if (from === undefined && to !== undefined && wordsOn(now).one !== 'server')
      return [takenBack(now, to, sides)];
    return [];
  });
};

function leavesOne(old: Workload, now: Workload, from: number, loss: string): Finding {
  const { set, owner } = now;
  const { one } = wordsOn(now);
  const stores = one === 'store';
  return {
    code: 'replicas-handed-over',
    workloads: [now],
    message: `the StatefulSet ${set} no longer has \`replicas\`, and if nobody else owns the field yet, Kubernetes sets it to 1 when you apply this: it stops ${podList(set, from, 1)}${loss}`,
    instead: [
      ...(one === 'server' ? [] : [`It is better not to autoscale ${one}s: ${REMOVES[one]}.`]),
      ...handOverSteps(now, from),
    ],
    facts: [set, owner.namespace, from],
    ...(stores && { movesBytes: storageOf({ claims: old.claims, replicas: from - 1 }) }),
  };
}

const REMOVES = {
  store: 'an autoscaler removes them without moving their data away',
  member: 'an autoscaler removes them without taking them out of the quorum',
} as const;

/** What is lost with some of the servers, where nobody prepares for it. */
function lossOf(now: Workload, count: number, sides: ClusterSides, { members, down }: Quorum): string {
  if (hasRegions(now)) {
    return ` without moving the data away: every region there loses a replica at once, and ${lossText(count, sides)}`;
  }
  if (hasColumns(now)) {
    return ' without moving the columns away: queries of columns that no other store has fail';
  }
  if (hasQuorum(now)) {
    return `, and PD still counts ${count === 1 ? 'it' : 'them'} in its quorum: ${quorumText({ members, down: down + count })}`;
  }
  return isForClients(now)
    ? ', and one pod takes all connections until the autoscaler adds others'
    : ', and one pod takes all the work until the autoscaler adds others';
}

/** The same commands are in docs/gitops.md. */
function handOverSteps({ set, owner: { namespace } }: Workload, from: number): string[] {
  const metadata = { name: set, ...(namespace !== '' && { namespace }) };
  const field = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { replicas: from } };
  const command = kubectl(namespace);
  return [
    `First give the field to another owner, with the current number of pods: \`echo ${quote(JSON.stringify(field))} | ${command} apply --server-side --field-manager=autoscaler -f -\`.`,
    `If it was applied client-side (\`kubectl apply\`, Argo CD without \`ServerSideApply\`), remove \`replicas\` from its last-applied annotation: \`${command} apply edit-last-applied ${quote(`statefulset/${set}`)}\`.`,
    'Then confirm this change and apply it.',
  ];
}

function takenBack(now: Workload, to: number, sides: ClusterSides): Finding {
  const { set, owner } = now;
  const { one } = wordsOn(now);
  const isMember = one === 'member';
  const loss = hasRegions(now)
    ? `, and with ${counted(tolerated(sides.maxReplicas) + 1, 'store')} of them a region may be lost`
    : '';
  return {
    code: 'replicas-taken-back',
    workloads: [now],
    message: `${titleOf(owner)} was scaled by an autoscaler, and gets ${counted(to, 'replica')}: if more ${one}s are running, Kubernetes stops the others without ${isMember ? 'taking them out of the quorum' : 'moving their data away'}${loss}`,
    instead: [
      `${howManyRun(now)}, and write that number in ${replicasField(now)}; if it is ${to}, confirm this change.`,
      `Remove ${one}s in a separate step, after ${isMember ? 'you have taken them out of the quorum' : 'their data has been moved away'}: \`tidb-groups diff\` prints the commands.`,
    ],
    facts: [set, owner.namespace, to],
  };
}
