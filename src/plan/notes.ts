import { byName } from '../components/index.ts';
import { NOTES } from '../components/notes.generated.ts';
import { rolloutOf } from '../expand/index.ts';
import { ADDRESS } from './config-changes.ts';
import { notesOnDrain } from './drain-notes.ts';
import { notesOnPlace } from './pinned.ts';
import type { WorkloadChange } from './plan.ts';
import { hasRegions, type Workload } from './workload.ts';

/** What a reader should know about a change besides the change itself. */
export function notesOn(
  old: Workload,
  now: Workload,
  { verdicts, config, volumes }: Pick<WorkloadChange, 'verdicts' | 'config' | 'volumes'>,
  hasOthers: boolean,
): string[] {
  const restarted = verdicts.includes('restarted');
  const notes: string[] = [];
  if (restarted && now.updateStrategy === 'OnDelete') {
    notes.push('the update strategy is OnDelete: each pod keeps running unchanged until somebody deletes it');
  }
  if (
    !restarted &&
    old.updateStrategy === 'OnDelete' &&
    now.updateStrategy !== 'OnDelete' &&
    !now.suspended
  ) {
    notes.push(
      'the update strategy is no longer OnDelete: pods that still run what they were made of before an earlier change restart now',
    );
  }
  const inPlace = restarted || old.suspended || now.suspended ? [] : config;
  if (inPlace.some(({ takes }) => takes === 'reload')) {
    notes.push(
      'the servers see that their file has changed, up to a minute later, and take the new values of some keys without a restart',
    );
  }
  if (inPlace.some(({ takes }) => takes !== 'sql-only' && takes !== 'reload')) {
    notes.push(
      'the config changes in place: a server reads it at its next restart; until then it keeps the old values, or those that a statement sets',
    );
  }
  if (inPlace.some(({ statement }) => statement?.includes(ADDRESS))) {
    const { component, set } = now;
    const where = `type = '${component}' AND instance LIKE '${set}-%.${set}-peer.%'`;
    notes.push(
      `${ADDRESS} is a server of ${set}; \`SELECT instance FROM information_schema.cluster_info WHERE ${where};\` lists them. Run the statement once for each: \`SET CONFIG ${component}\` would change all such servers of the cluster`,
    );
  }
  if (hasOthers && inPlace.some(({ takes, statement }) => takes === 'sql' && !statement?.includes(ADDRESS))) {
    const { title } = byName[now.component];
    notes.push(
      `a statement changes all servers of ${title} in the cluster, those of the TidbCluster and of other groups too, and not only ${now.set}`,
    );
  }
  if (config.some(({ takes }) => takes === 'sql-only')) {
    notes.push(
      'PD keeps scheduling and replication settings in its own store: on a running cluster the file changes none of them; use statements or pd-ctl',
    );
  }
  if (now.runner === 'TiDB Operator' && volumes.some(({ verdict }) => verdict === 'grown')) {
    notes.push('TiDB Operator grows the volumes in place, if their storage class allows it');
  }
  if (verdicts.includes('scaled') && hasRegions(now) && (now.replicas ?? 0) > (old.replicas ?? 0)) {
    notes.push('PD moves data onto the new stores once they are up');
  }
  notes.push(...notesOnDrain(old, now), ...notesOnPlace(old, now));
  notes.push(...ofComponent(old, now, verdicts));
  if (old.replicas !== undefined && now.replicas === undefined && !now.suspended) {
    notes.push('the number of replicas is now left to whatever scales it (see docs/gitops.md)');
  }
  if (old.replicas === undefined && now.replicas !== undefined && !old.suspended && !now.suspended) {
    notes.push('the number of replicas here counts again, whatever an autoscaler has set');
  }
  return notes;
}

/** TiDB Operator looks after the servers that it runs itself. */
function ofComponent(old: Workload, now: Workload, verdicts: WorkloadChange['verdicts']): string[] {
  if (now.runner !== 'Kubernetes' || now.suspended || now.replicas === 0) return [];
  const { restarted, restartedPlain, fewer, more } = NOTES[now.component] ?? {};
  const step = verdicts.includes('scaled') ? (now.replicas ?? 0) - (old.replicas ?? 0) : 0;
  return [
    verdicts.includes('restarted') ? restarted : undefined,
    verdicts.includes('restarted') && isHasty(old, now) ? restartedPlain : undefined,
    step < 0 ? fewer : step > 0 ? more : undefined,
  ].filter((note) => note !== undefined);
}

/** Whether nothing holds the restart of one pod until the one before is back. */
function isHasty(old: Workload, now: Workload): boolean {
  const isSafe = rolloutOf(now.resource) === 'Safe';
  const pods = Math.min(old.replicas ?? 0, now.replicas ?? old.replicas ?? 0);
  return !isSafe && pods > 1 && now.updateStrategy === 'RollingUpdate';
}
