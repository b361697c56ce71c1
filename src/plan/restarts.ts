import { byName, COMPONENTS } from '../components/index.ts';
import { allBy } from '../lookup/index.ts';
import type { RestartStep, Roll, WorkloadChange } from './plan.ts';
import { addressOf, type Workload } from './workload.ts';

/** A workload whose pods restart, as it was and as it will be. */
export interface Rolling {
  readonly old: Workload;
  readonly now: Workload;
  readonly change: WorkloadChange;
}

/**
 * Who restarts when: sync waves one after another; within a wave everything at the same time, except that TiDB
 * Operator takes the components of a TidbCluster one by one.
 */
export function restartSteps(rolling: readonly Rolling[]): RestartStep[] {
  const waves = allBy(rolling, ({ now }) => [String(now.wave)]);
  return [...waves.values()].sort(byWave).map((its) => {
    const lanes = allBy(its, (one) => [laneOf(one)]);
    return { lanes: [...lanes.values()].map((lane) => lane.sort(inOperatorsOrder).map(rollOf)) };
  });
}

function byWave([a]: readonly Rolling[], [b]: readonly Rolling[]): number {
  return (a?.now.wave ?? 0) - (b?.now.wave ?? 0);
}

function laneOf({ now, change }: Rolling): string {
  return now.runner === 'TiDB Operator' ? tidbClusterOf(now) : change.workload;
}

/** The operator handles each TidbCluster separately; a group rendered as one has the group's name. */
function tidbClusterOf({ owner: { namespace, name } }: Workload): string {
  return `TidbCluster ${addressOf({ namespace, name })}`;
}

function inOperatorsOrder(a: Rolling, b: Rolling): number {
  return placeOf(a.now) - placeOf(b.now);
}

function placeOf({ component }: Workload): number {
  return COMPONENTS.indexOf(byName[component]);
}

function rollOf({ old, now, change }: Rolling): Roll {
  const count = Math.min(old.replicas ?? 0, now.replicas ?? old.replicas ?? 0);
  return {
    workload: change.workload,
    component: now.component,
    runner: now.runner,
    count,
    pods: namesOf(now.set, count),
    byHand: now.updateStrategy === 'OnDelete',
  };
}

/** More pods than this are not listed by name: no cluster has so many, but a manifest may have any number. */
const MOST_NAMED = 1000;

/** From the highest ordinal on. */
function namesOf(set: string, count: number): string[] {
  const named = Math.min(count, MOST_NAMED);
  return Array.from({ length: named }, (_, index) => {
    const isOfLast = count > named && index === named - 1;
    return `${set}-${isOfLast ? 0 : count - 1 - index}`;
  });
}
