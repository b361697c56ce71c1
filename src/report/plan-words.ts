import {
  confirmLines,
  type Danger,
  type Plan,
  type ResourceChange,
  type Roll,
  sizeText,
  titleOf,
  type Verdict,
  type WorkloadChange,
} from '../plan/index.ts';
import { counted } from '../text/index.ts';
import type { Value } from '../yaml/index.ts';
import { writeFlow } from '../yaml-write/index.ts';

const VERDICTS: { readonly [verdict in Verdict]: string } = {
  refused: 'refused',
  deleted: 'deleted',
  stopped: 'stopped',
  'handed-over': 'handed over',
  restarted: 'restarted',
  created: 'created',
  scaled: 'scaled',
  'changed-in-place': 'changed in place',
  unchanged: 'unchanged',
};

/** `2 dangers; 1 refused, 3 restarted, 4 unchanged`: the summary of a plan. */
export function headline({ verdict, counts, dangers, workloads, resources }: Plan): string {
  const total = counted(workloads.length, 'workload');
  if (verdict === 'unchanged') return `Nothing changes (${total})`;
  const verdicts = Object.entries(VERDICTS)
    .filter(([key]) => isVerdict(key) && counts[key] > 0)
    .map(([key, words]) => `${isVerdict(key) ? counts[key] : 0} ${words}`);
  const parts = [
    ...(dangers.length > 0 ? [counted(dangers.length, 'danger')] : []),
    ...(verdicts.length > 0 ? [`${total}: ${verdicts.join(', ')}`] : [counted(resources.length, 'resource')]),
  ];
  return parts.join('; ');
}

function isVerdict(key: string): key is Verdict {
  return Object.hasOwn(VERDICTS, key);
}

/** `refused, restarted, scaled 3 → 2`. */
export function verdictText({ verdicts, replicas, runner }: WorkloadChange): string {
  return verdicts
    .map((verdict) => {
      if (verdict === 'scaled') return `scaled ${replicas.old ?? 'unset'} → ${replicas.new ?? 'unset'}`;
      if (verdict === 'handed-over') return `handed over to ${runner}`;
      const count = verdict === 'created' ? replicas.new : verdict === 'deleted' ? replicas.old : undefined;
      return count === undefined ? VERDICTS[verdict] : `${VERDICTS[verdict]} (${counted(count, 'replica')})`;
    })
    .join(', ');
}

const LONGEST = 80;

/** A value on one line, cut where it is long. */
export function valueText(value: Value | undefined): string {
  if (value === undefined) return 'unset';
  const text = writeFlow(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

export function movesText({ movesBytes }: Danger): string {
  return movesBytes === undefined ? '' : `up to ${sizeText(BigInt(movesBytes))} of data`;
}

const MOST_PODS = 6;

/** `hot-tikv-2, hot-tikv-1, hot-tikv-0`; a long row is cut in the middle. */
function podsText({ pods, count, workload }: Roll): string {
  if (pods.length === 0) return `the pods of ${workload}`;
  if (pods.length <= MOST_PODS) return pods.join(', ');
  return `${pods.slice(0, 2).join(', ')}, …, ${pods.slice(-1).join('')} (${count} pods)`;
}

/** `hot-tikv-1, hot-tikv-0 (by Kubernetes)`. */
export function rollText(roll: Roll): string {
  return `${podsText(roll)} (${roll.byHand ? 'when somebody deletes them' : `by ${roll.runner}`})`;
}

/**
 * What confirms dangers: a line for each resource that is to say so, since a key is in a map once. For a TidbCluster of
 * which nothing is left another one says it.
 */
export function confirmations({ dangers: found, workloads }: Plan): { where: string; line: string }[] {
  const staying = workloads.find(
    ({ owner, verdicts }) => owner.kind === 'TidbCluster' && !verdicts.includes('deleted'),
  );
  const other = staying === undefined ? '' : titleOf(staying.owner);
  const dangers = found.map((danger) => ({ ...danger, confirmIn: danger.confirmIn || other }));
  const where = new Set(
    dangers
      .filter(({ confirmed, confirmIn: title }) => !confirmed && title !== '')
      .map(({ confirmIn }) => confirmIn),
  );
  const lines = confirmLines(dangers);
  return [...where].map((title) => ({ where: title, line: lines.get(title)?.line ?? '' }));
}

/** Our messages begin with a lowercase letter, to follow a position; alone they get a capital. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** The kinds that workloads are made of: what becomes of these is said of the workloads. */
const OF_WORKLOADS = new Set(['ConfigMap', 'Job', 'Service', 'StatefulSet', 'TidbCluster']);

/** What changes beside the workloads: Certificates, PodDisruptionBudgets and the like. */
export function changesBeside({ resources }: Plan): ResourceChange[] {
  return resources.filter(({ resource: { kind } }) => !OF_WORKLOADS.has(kind));
}

/** `created`, or `left in the cluster by Flux, kpt`. */
export function changeText({ verdict, leftBy = [] }: ResourceChange): string {
  return leftBy.length === 0 ? verdict : `${verdict} in the cluster by ${leftBy.join(', ')}`;
}

/** Whether there is nothing to say of a workload. */
export function isQuiet({ verdicts, fields, config, notes }: WorkloadChange): boolean {
  return verdicts.includes('unchanged') && fields.length === 0 && config.length === 0 && notes.length === 0;
}
