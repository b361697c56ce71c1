import { quote } from '../expand/index.ts';
import { kubectl, podList } from './advice.ts';
import { deletesClaims, isDrainedFirst } from './drained.ts';
import { deleteClaims } from './steps.ts';
import type { Drain, Workload } from './workload.ts';

const ENGINES: { readonly [name: string]: string } = { ArgoCD: 'Argo CD', Flux: 'Flux' };

/** What a reader should know of a drain: which stores, who waits for it, where to look, and what is left. */
export function notesOnDrain(old: Workload, now: Workload): string[] {
  if (now.runner !== 'Kubernetes' || old.suspended || now.suspended) return [];
  return [...(now.drain === undefined ? [] : noteOnJob(old, now, now.drain)), ...notesOnClaims(old, now)];
}

function noteOnJob({ drain: was, replicas: from = 0 }: Workload, now: Workload, drain: Drain): string[] {
  const { job, to, awaitedBy } = drain;
  const log = `\`${kubectl(now.owner.namespace)} logs --follow ${quote(`job/${job}`)}\` shows how far it is`;
  if (to < Math.min(from, was?.to ?? from)) {
    const waits =
      now.replicas === to && awaitedBy !== ''
        ? `, and ${ENGINES[awaitedBy] ?? awaitedBy} waits for it before the pods go`
        : '';
    return [`the Job ${job} moves the data of ${podList(now.set, from, to)} away${waits}; ${log}`];
  }
  if (was === undefined || was.to >= to) return [];
  return [`the Job ${job} takes back a drain that has not ended, if there is one; ${log}`];
}

/** A store that comes back to the data of one that was drained does not start. */
function notesOnClaims(old: Workload, now: Workload): string[] {
  const [from = 0, to = from] = [old.replicas, now.replicas];
  if (to >= from || !isDrainedFirst(old, now)) return [];
  if (deletesClaims(now)) {
    return [
      `Kubernetes deletes the claims of ${podList(now.set, from, to)}, and their data, once the pods are gone`,
    ];
  }
  const away = deleteClaims({ ...old, replicas: from }, to).replace(/^Before(.*)\.$/, 'before$1');
  return [`the claims of ${podList(now.set, from, to)} stay; ${away}`];
}
