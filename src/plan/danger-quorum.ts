import { digest } from '../expand/index.ts';
import { ENGINES } from '../gitops/index.ts';
import { counted } from '../text/index.ts';
import { pdCtl } from './advice.ts';
import { tolerated } from './danger-stores.ts';
import { type ClusterSides, type Finding, type Rule, textOfValue } from './finding.ts';
import { keepersOf } from './left.ts';
import type { RestartStep } from './plan.ts';
import { hasRegions, type Workload } from './workload.ts';

export const tooFew: Rule = (sides) => {
  const { maxReplicas, cluster } = sides;
  const before = storesOf(sides, 'old');
  const after = storesOf(sides, 'now');
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

/**
 * The workloads with stores of a cluster, on one side. A number that an autoscaler controls is taken from the other
 * side.
 */
function storesOf({ compared, cluster }: ClusterSides, side: 'old' | 'now'): Workload[] {
  return compared.flatMap((pair) => {
    const workload = pair[side]?.workload;
    if (workload === undefined || !hasRegions(workload) || workload.cluster !== cluster || workload.suspended)
      return [];
    const known = workload.replicas ?? pair[side === 'old' ? 'now' : 'old']?.workload.replicas;
    return [{ ...workload, replicas: known }];
  });
}

function countOf(workloads: readonly Workload[]): number {
  return workloads.reduce((sum, { replicas }) => sum + (replicas ?? 0), 0);
}

function isOfBase({ owner }: Workload): boolean {
  return owner.kind === 'TidbCluster';
}

/** How many stores are removed for good, or for long, without the operator moving their data. */
function goneFrom(sides: ClusterSides): { count: number; from: Workload[] } {
  const from: Workload[] = [];
  let count = 0;
  for (const { old, now } of sides.compared) {
    const was = old?.workload;
    if (was === undefined || !hasRegions(was) || was.suspended || was.cluster !== sides.cluster) continue;
    const is = now?.workload;
    const stops = is?.suspended ?? false;
    // The operator drains stores that are scaled in, but not a whole component that is removed.
    const isDrained = (is ?? was).runner !== 'Kubernetes' && (is !== undefined || isOfBase(was));
    if (isDrained && !stops) continue;
    // No known engine deletes it then; only a person can.
    if (is === undefined && keepersOf(old).length === ENGINES.length) continue;
    const left =
      is === undefined || stops || is.cluster !== was.cluster ? 0 : (is.replicas ?? was.replicas ?? 0);
    const gone = (was.replicas ?? 0) - left;
    if (gone <= 0) continue;
    count += gone;
    from.push(was);
  }
  return { count, from };
}

export const quorum: Rule = (sides) => {
  const { count, from } = goneFrom(sides);
  const bears = tolerated(sides.maxReplicas);
  const rolling = Math.max(0, ...sides.restarts.map((step) => storeLanes(step).length));
  if (count === 0 || count + rolling <= bears) return [];
  const also =
    rolling > 0 ? `, and ${counted(rolling, 'more restarts', 'more restart')} at the same time` : '';
  return [
    {
      code: 'quorum-at-risk',
      workloads: from,
      message: `${counted(count, 'store')} of ${sides.cluster} ${count === 1 ? 'is' : 'are'} gone at once${also}, but with max-replicas ${sides.maxReplicas} a region tolerates the loss of ${bears}: one with more of its replicas there cannot be read or written, and is lost if the stores do not come back`,
      instead: [
        `Remove at most ${counted(bears, 'store')} at a time, each after its data has been moved, and change nothing else in that step.`,
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

export const rollTogether: Rule = (sides) =>
  sides.restarts.flatMap((step, index): Finding[] => {
    // An engine that continues with the next wave does not wait for what the operator has begun.
    const begun = sides.restarts.slice(0, index).flatMap((earlier) => storeLanes(earlier, 'TiDB Operator'));
    const now = storeLanes(step);
    const titles = now.length === 0 ? [] : [...begun, ...now];
    if (titles.length < 2) return [];
    const bears = tolerated(sides.maxReplicas);
    const workloads = sides.compared.flatMap(({ now, change }) =>
      now !== undefined && titles.includes(change.workload) ? [now.workload] : [],
    );
    const loses =
      titles.length > bears
        ? `with max-replicas ${sides.maxReplicas} a region tolerates ${counted(bears, 'store')} down at a time, so regions with more replicas on restarting stores are unavailable until one is back`
        : `with max-replicas ${sides.maxReplicas} the data tolerates that, but no other failure at the same time`;
    return [
      {
        code: 'stores-roll-together',
        workloads,
        message: `${titles.join(' and ')} restart at the same time, each one store after another: ${loses}`,
        instead: [
          'Change one group of stores at a time, and wait until all its stores are up before you change the next.',
          'Or let the engine keep an order: give the groups different sync waves (`argocd.argoproj.io/sync-wave`), and make it wait until each is healthy.',
        ],
        // The base is left out, so that a render, which does not know the earlier base, agrees with a comparison, which
        // does.
        facts: workloads
          .filter((workload) => !isOfBase(workload))
          .map(({ owner, set, template }) => `${owner.namespace}/${set} ${digest(textOfValue(template))}`)
          .sort(),
      },
    ];
  });
