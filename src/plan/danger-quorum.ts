import { tolerated } from '../budget/index.ts';
import { digest } from '../expand/index.ts';
import { counted } from '../text/index.ts';
import { pdCtl } from './advice.ts';
import { isDrainedFirst } from './drained.ts';
import { type ClusterSides, type Finding, type Rule, textOfValue } from './finding.ts';
import { isLeftRunning } from './left.ts';
import type { RestartStep } from './plan.ts';
import { oneAfterAnother } from './roll-advice.ts';
import { countOf, serversOf, titled } from './servers.ts';
import { hasRegions, isOfBase, type Workload } from './workload.ts';

export const tooFew: Rule = (sides) => {
  const { maxReplicas, cluster } = sides;
  const before = serversOf(sides, 'old', 'regions');
  const after = serversOf(sides, 'now', 'regions');
  const [was, is] = [countOf(before), countOf(after)];
  const [first] = after;
  if (is >= maxReplicas || is >= was || first === undefined) return [];
  return [
    {
      code: 'too-few-stores',
      workloads: after,
      message: `TidbCluster ${cluster} keeps ${counted(is, 'store')} including its groups (before: ${was}), but its data has ${maxReplicas} replicas (max-replicas): each missing store is a missing replica`,
      instead: [
        `Keep at least ${maxReplicas} stores, or keep fewer replicas first: \`${pdCtl(first)} config set max-replicas ${Math.max(1, is)}\`.`,
      ],
      facts: [cluster, is, maxReplicas],
    },
  ];
};

/** How many stores are removed for good, or for long, without anybody moving their data. */
function goneFrom(sides: ClusterSides): { count: number; from: Workload[]; suspended: Workload[] } {
  const from: Workload[] = [];
  const suspended: Workload[] = [];
  let count = 0;
  for (const { old, now } of sides.compared) {
    const was = old?.workload;
    if (was === undefined || !hasRegions(was) || was.suspended || was.cluster !== sides.cluster) continue;
    const is = now?.workload;
    const stops = is?.suspended ?? false;
    // The operator drains stores that are scaled in, but not a whole component that is removed.
    const isDrained =
      ((is ?? was).runner !== 'Kubernetes' && (is !== undefined || isOfBase(was))) ||
      (is !== undefined && isDrainedFirst(was, is));
    if (isDrained && !stops) continue;
    if (is === undefined && isLeftRunning(old)) continue;
    const left =
      is === undefined || stops || is.cluster !== was.cluster ? 0 : (is.replicas ?? was.replicas ?? 1);
    // Where only an autoscaler knows how many there are, there is one at least.
    const gone = (was.replicas ?? 1) - left;
    if (gone <= 0) continue;
    count += gone;
    from.push(was);
    if (stops) suspended.push(was);
  }
  return { count, from, suspended };
}

export const quorum: Rule = (sides) => {
  const { count, from, suspended } = goneFrom(sides);
  const most = tolerated(sides.maxReplicas);
  const rolling = Math.max(0, ...sides.restarts.map((step) => storeLanes(step).length));
  if (count === 0 || count + rolling <= most) return [];
  const also =
    rolling > 0 ? `, and ${counted(rolling, 'more restarts', 'more restart')} at the same time` : '';
  return [
    {
      code: 'quorum-at-risk',
      workloads: from,
      message: `${counted(count, 'store')} of ${sides.cluster} ${count === 1 ? 'is' : 'are'} gone at once${also}, but with max-replicas ${sides.maxReplicas} a region tolerates the loss of ${most}: one with more of its replicas there cannot be read or written, and is lost if the stores do not come back`,
      instead: [
        ...(suspended.length < from.length
          ? [
              `Remove at most ${counted(most, 'store')} at a time, each after its data has been moved, and change nothing else in that step.`,
            ]
          : []),
        ...(suspended.length > 0
          ? [
              `Suspend at most ${counted(most, 'store')} at a time, or all servers of the cluster if you want to stop it.`,
            ]
          : []),
      ],
      facts: [sides.cluster, count, ...from.map(({ set, owner }) => `${owner.namespace}/${set}`).sort()],
    },
  ];
};

/** The titles of the groups of stores that restart in parallel in a step. */
function storeLanes({ lanes }: RestartStep, by?: Workload['runner']): string[] {
  return lanes.flatMap((lane) => {
    const stores = lane.find(
      (roll) =>
        hasRegions(roll) && roll.pods.length > 0 && !roll.byHand && (by ?? roll.runner) === roll.runner,
    );
    return stores === undefined ? [] : [stores.workload];
  });
}

/** Each step with what the operator has begun before: an engine that continues with the next wave does not wait for it. */
function withBegun(steps: readonly RestartStep[]): [step: RestartStep, begun: readonly string[]][] {
  let begun: readonly string[] = [];
  return steps.map((step) => {
    const before = begun;
    const begins = storeLanes(step, 'TiDB Operator');
    if (begins.length > 0) begun = [...before, ...begins];
    return [step, before];
  });
}

function togetherText(begun: readonly string[], now: readonly string[]): string {
  const each = 'each one store after another';
  if (begun.length === 0) return `${now.join(' and ')} restart at the same time, ${each}`;
  const are = begun.length === 1 ? 'is' : 'are';
  return `${begun.join(' and ')} ${are} restarted by TiDB Operator, and ${now.join(' and ')} in a later sync wave, ${each}; an engine waits with that wave only where it has a health check for TidbClusters`;
}

export const rollTogether: Rule = (sides) =>
  withBegun(sides.restarts).flatMap(([step, begun]): Finding[] => {
    const now = storeLanes(step);
    const titles = now.length === 0 ? [] : [...begun, ...now];
    if (titles.length < 2) return [];
    const most = tolerated(sides.maxReplicas);
    const workloads = titled(sides, titles);
    const loses =
      titles.length > most
        ? `with max-replicas ${sides.maxReplicas} a region tolerates ${counted(most, 'store')} down at a time, so regions with more replicas on restarting stores are unavailable until one is back`
        : `with max-replicas ${sides.maxReplicas} the data tolerates that, but no other failure at the same time`;
    return [
      {
        code: 'stores-roll-together',
        workloads,
        message: `${togetherText(begun, now)}: ${loses}`,
        instead: oneAfterAnother(sides, titles),
        // The base is left out, so that a render, which does not know the earlier base, agrees with a comparison, which
        // does.
        facts: workloads
          .filter((workload) => !isOfBase(workload))
          .map(({ owner, set, template }) => `${owner.namespace}/${set} ${digest(textOfValue(template))}`)
          .sort(),
      },
    ];
  });
