import { quote } from '../expand/index.ts';
import { counted } from '../text/index.ts';
import { howManyRun, kubectl, podList } from './advice.ts';
import { lossText, tolerated } from './danger-stores.ts';
import { type ClusterSides, changedPairs, type Finding, type Rule } from './finding.ts';
import { storageOf } from './volumes.ts';
import { hasRegions, titleOf, type Workload } from './workload.ts';

/** An autoscaler takes over the number of pods, or gives it back: the manifests do not say how many are running. */
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
    : ', and one pod takes all connections until the autoscaler adds others';
  return {
    code: 'replicas-handed-over',
    workloads: [now],
    message: `the StatefulSet ${set} no longer has \`replicas\`, and if nobody else owns the field yet, Kubernetes sets it to 1 when you apply this: it stops ${podList(set, from, 1)}${loss}`,
    instead: [
      ...(stores
        ? ['It is better not to autoscale stores: an autoscaler removes them without moving their data away.']
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
    `First give the field to another owner, with the current number of pods: \`echo ${quote(JSON.stringify(field))} | ${command} apply --server-side --field-manager=autoscaler -f -\`.`,
    `If it was applied client-side (\`kubectl apply\`, Argo CD without \`ServerSideApply\`), remove \`replicas\` from its last-applied annotation: \`${command} apply edit-last-applied ${quote(`statefulset/${set}`)}\`.`,
    'Then confirm this change and apply it.',
  ];
}

function takenBack(now: Workload, to: number, sides: ClusterSides): Finding {
  const { set, owner } = now;
  return {
    code: 'replicas-taken-back',
    workloads: [now],
    message: `${titleOf(owner)} was scaled by an autoscaler, and gets ${to} replicas: if more stores are running, Kubernetes stops the others without moving their data away, and with ${counted(tolerated(sides.maxReplicas) + 1, 'store')} of them a region may be lost`,
    instead: [
      `${howManyRun(now)}, and write that number in \`spec.replicas\`; if it is ${to}, confirm this change.`,
      'Remove stores in a separate step, after their data has been moved away: `tidb-groups diff` prints the commands.',
    ],
    facts: [set, owner.namespace, to],
  };
}
