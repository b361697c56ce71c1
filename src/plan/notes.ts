import type { WorkloadChange } from './plan.ts';
import { hasRegions, type Workload } from './workload.ts';

/** What a reader should know about a change besides the change itself. */
export function notesOn(
  old: Workload,
  now: Workload,
  { verdicts, config, volumes }: Pick<WorkloadChange, 'verdicts' | 'config' | 'volumes'>,
): string[] {
  const restarted = verdicts.includes('restarted');
  const notes: string[] = [];
  if (restarted && now.updateStrategy === 'OnDelete') {
    notes.push('the update strategy is OnDelete: each pod keeps running unchanged until somebody deletes it');
  }
  if (config.some(({ takes }) => takes !== 'sql-only') && !restarted && !now.suspended) {
    notes.push(
      'the config changes in place: a server reads it at its next restart; until then it keeps the old values, or those that a statement sets',
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
  if (old.replicas !== undefined && now.replicas === undefined && !now.suspended) {
    notes.push('the number of replicas is now left to whatever scales it (see docs/gitops.md)');
  }
  if (old.replicas === undefined && now.replicas !== undefined && !old.suspended && !now.suspended) {
    notes.push('the number of replicas here counts again, whatever an autoscaler has set');
  }
  return notes;
}
