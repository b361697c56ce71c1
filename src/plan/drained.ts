import { AWAITED_BY, DRAIN_TO, DRAINED_TO } from '../api/index.ts';
import { quote } from '../expand/index.ts';
import { isOfDrain, waveIn } from '../gitops/index.ts';
import { type MapValue, textAt } from '../yaml/index.ts';
import { kubectl } from './advice.ts';
import type { Drain, Workload } from './workload.ts';
import { annotatedText, replicasField, replicasText } from './zone.ts';

/** The Job among a group's resources that drains it. */
export function drainIn(resources: readonly MapValue[]): Drain | undefined {
  const [files, job] = ['ConfigMap', 'Job'].map((kind) =>
    resources.find((resource) => resource.kind === kind && isOfDrain(resource)),
  );
  const set = resources.find(({ kind }) => kind === 'StatefulSet');
  const [, to = ''] = textAt(files, 'data', 'target').trim().split(' ');
  if (job === undefined || !/^\d+$/.test(to)) return undefined;
  const engine = textAt(job, 'metadata', 'annotations', AWAITED_BY);
  const wave = waveIn(job);
  return {
    job: textAt(job, 'metadata', 'name'),
    to: Number(to),
    awaitedBy: engine,
    isAlong: wave !== undefined && wave === waveIn(set),
  };
}

/**
 * Whether the stores that a change removes are drained before: the engine waits for the Job of this change, or the change
 * says that they were drained, by the Job of an earlier one.
 */
export function isDrainedFirst(old: Workload, now: Workload): boolean {
  const { replicas, drain } = now;
  if (replicas === undefined || now.runner !== 'Kubernetes') return false;
  const covers = (one: Drain | undefined) => one !== undefined && one.to <= replicas;
  if (covers(drain) && drain?.awaitedBy !== '') return true;
  return (
    covers(old.drain) && textAt(now.resource, 'metadata', 'annotations', DRAINED_TO) === String(replicas)
  );
}

/** Why somebody's word that stores were drained does not count, of a change that drains none first. */
export function idleText({ resource, replicas }: Workload): string {
  const said = textAt(resource, 'metadata', 'annotations', DRAINED_TO);
  if (said === '' || said !== String(replicas)) return '';
  return `; \`${DRAINED_TO}: "${said}"\` does not count, because what was there before has no Job that drained them: \`${DRAIN_TO}: "${said}"\` comes first`;
}

/** Whether Kubernetes deletes the claims of pods that go. */
export function deletesClaims({ resource }: Workload): boolean {
  return textAt(resource, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenScaled') === 'Delete';
}

/** How a Job drains stores where no engine waits for it: it is applied first, and alone. */
export function drainFirst(workload: Workload, to: number): string[] {
  const { owner } = workload;
  const jobs = `${kubectl(owner.namespace)} get jobs -l ${quote(`app.kubernetes.io/component=tikv-drain,app.kubernetes.io/instance=${owner.name}`)}`;
  return [
    `Leave ${replicasField(workload)} as it is, ${annotatedText(workload, `${DRAIN_TO}: "${to}"`)}, and apply that: a Job drains the stores.`,
    `Wait until \`${jobs}\` shows that the newest Job is complete.`,
    `Then write \`${DRAINED_TO}: "${to}"\` in place of that annotation, together with ${replicasText(workload, to)}.`,
  ];
}
