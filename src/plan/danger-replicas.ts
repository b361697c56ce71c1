import { quote } from '../expand/index.ts';
import { counted } from '../text/index.ts';
import { howManyRun, kubectl, podList } from './advice.ts';
import { lossText, tolerated } from './danger-stores.ts';
import { type ClusterSides, changedPairs, type Finding, type Rule } from './finding.ts';
import { storageOf } from './volumes.ts';
import { hasRegions, titleOf, type Workload } from './workload.ts';

/** The number of pods goes over to an autoscaler, or comes back from one: what is applied does not say what runs. */
export const handedOver: Rule = (sides) =>
  changedPairs(sides).flatMap(({ old, now }): Finding[] => {
    if (now.runner !== 'Kubernetes' || old.suspended || now.suspended) return [];
    const [from, to] = [old.replicas, now.replicas];
    if (from !== undefined && from > 1 && to === undefined) return [leavesOne(old, now, from, sides)];
    if (from === undefined && to !== undefined && hasRegions(now)) return [takenBack(now, to, sides)];
    return [];
  });

function leavesOne(old: Workload, now: Workload, from: number, sides: ClusterSides): Finding {
  const { set, owner } = now;
  const stores = hasRegions(now);
  const loss = stores
    ? ` without moving the data away: every region there loses a replica at once, and ${lossText(from - 1, sides)}`
    : ', and one pod has all the connections until the autoscaler adds others';
  return {
    code: 'replicas-handed-over',
    workloads: [now],
    message: `the StatefulSet ${set} has no \`replicas\` from now on, and where nobody else owns the field yet, Kubernetes makes it 1 when this is applied: it stops ${podList(set, from, 1)}${loss}`,
    instead: [
      ...(stores
        ? ['Better leave stores to no autoscaler: nobody moves their data before it takes them.']
        : []),
      ...handOverSteps(now, from),
    ],
    facts: [set, owner.namespace, from],
    ...(stores && { movesBytes: storageOf({ claims: old.claims, replicas: from - 1 }) }),
  };
}

/** The same commands are in docs/gitops.md. */
function handOverSteps({ set, owner: { namespace } }: Workload, from: number): string[] {
  const metadata = { name: set, ...(namespace !== '' && { namespace }) };
  const field = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { replicas: from } };
  const command = kubectl(namespace);
  return [
    `Give the field to another owner first, with the number that runs: \`echo ${quote(JSON.stringify(field))} | ${command} apply --server-side --field-manager=autoscaler -f -\`.`,
    `Where it was applied client-side (\`kubectl apply\`, Argo CD without \`ServerSideApply\`), take \`replicas\` out of what is remembered of that: \`${command} apply edit-last-applied ${quote(`statefulset/${set}`)}\`.`,
    'Then confirm this change and apply it.',
  ];
}

function takenBack(now: Workload, to: number, sides: ClusterSides): Finding {
  const { set, owner } = now;
  return {
    code: 'replicas-taken-back',
    workloads: [now],
    message: `${titleOf(owner)} has had as many stores as an autoscaler gave it, and gets ${to}: where more run, Kubernetes stops the others without moving their data away, and with ${counted(tolerated(sides.maxReplicas) + 1, 'store')} of them a region may be lost`,
    instead: [
      `${howManyRun(now)}, and write that number into \`spec.replicas\`; where it is ${to}, confirm this change.`,
      'Fewer stores are a step of their own, once the data of those that go was moved away: `tidb-groups diff` has the commands.',
    ],
    facts: [set, owner.namespace, to],
  };
}
