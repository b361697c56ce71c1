import { tolerated } from '../budget/index.ts';
import { byName } from '../components/index.ts';
import { counted } from '../text/index.ts';
import { type MapValue, mapAt, textAt } from '../yaml/index.ts';
import { pdCtl } from './advice.ts';
import type { ClusterSides, Rule } from './finding.ts';
import { countOf, serversOf } from './servers.ts';

/** How many stores a budget lets go at a time. */
interface Allowance {
  readonly budget: string;
  readonly stores: number;
}

/** The most that a budget of stores allows on one side; undefined where there is none. */
function allowed(sides: ClusterSides, side: 'old' | 'now'): Allowance | undefined {
  const stores = serversOf(sides, side, byName.tikv.keeps);
  const found = sides.compared.flatMap((pair): Allowance[] => {
    const member = pair[side];
    if (member === undefined || member.workload.cluster !== sides.cluster) return [];
    return member.resources.flatMap((resource) => {
      const least = leastOf(resource);
      if (least === undefined) return [];
      const namespace = textAt(resource, 'metadata', 'namespace');
      const near = stores.filter(({ owner }) => owner.namespace === namespace);
      return [{ budget: textAt(resource, 'metadata', 'name'), stores: countOf(near) - least }];
    });
  });
  return found.toSorted((a, b) => b.stores - a.stores)[0];
}

/** The number of pods that a budget wants to be there. */
function leastOf(resource: MapValue): number | undefined {
  const { minAvailable } = mapAt(resource, 'spec');
  return resource.kind === 'PodDisruptionBudget' && typeof minAvailable === 'number'
    ? minAvailable
    : undefined;
}

/**
 * A budget that lets more stores go than the data tolerates: PD keeps as many replicas as it was told when it was new,
 * whatever its config says now, and a budget is counted by that.
 */
export const evictions: Rule = (sides) => {
  const [was, is] = [allowed(sides, 'old'), allowed(sides, 'now')];
  const kept = Math.min(sides.maxReplicas, sides.maxReplicasBefore);
  if (is === undefined || is.stores <= tolerated(kept) || is.stores === was?.stores) return [];
  const workloads = serversOf(sides, 'now', byName.tikv.keeps);
  const [first] = workloads;
  return [
    {
      code: 'quorum-at-risk',
      workloads,
      message: `the PodDisruptionBudget "${is.budget}" lets ${counted(is.stores, 'store')} of ${sides.cluster} be evicted at a time, but with max-replicas ${kept}, which PD keeps until it is told otherwise, a region tolerates the loss of ${tolerated(kept)}`,
      instead: [
        sides.maxReplicas === kept || first === undefined
          ? 'Leave the budget as it is rendered.'
          : `Tell PD first, and wait until every region has its replicas: \`${pdCtl(first)} config set max-replicas ${sides.maxReplicas}\`.`,
      ],
      facts: [sides.cluster, is.budget, is.stores],
    },
  ];
};
