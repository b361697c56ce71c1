import { quote } from '../expand/index.ts';
import { textAt, valueAt } from '../yaml/index.ts';
import { kubectl, replaceSteps } from './advice.ts';
import type { ClusterObject } from './base.ts';
import { refusedOf } from './compare-workload.ts';
import { claimOrder, fixedField } from './danger-set.ts';
import { type Compared, type Finding, type Rule, textOfValue } from './finding.ts';
import type { RefusedUpdate } from './updates.ts';
import type { Workload } from './workload.ts';

/** What Kubernetes refuses in the resources of a workload, StatefulSets first. */
export const refusedChanges: Rule = ({ compared, cluster, old: base }) =>
  compared.flatMap((pair): Finding[] => {
    const { old, now } = pair;
    if (old === undefined || now?.workload.cluster !== cluster) return [];
    return refusedOf(old, now)
      .sort((a, b) => Number(isOfSet(b)) - Number(isOfSet(a)))
      .flatMap((update) => findingsOf(base, pair, update));
  });

function isOfSet({ now }: RefusedUpdate): boolean {
  return now.kind === 'StatefulSet';
}

function findingsOf(
  base: ClusterObject | undefined,
  { change, ...pair }: Compared,
  update: RefusedUpdate,
): Finding[] {
  const [old, now] = [pair.old?.workload, pair.now?.workload];
  if (old === undefined || now === undefined) return [];
  const [, name = ''] = update.field.path;
  if (!isOfSet(update)) return [name === 'clusterIP' ? address(now, update) : anyField(now, update)];
  // The rule on volumes says more about volumes that are added, removed or changed.
  if (name === 'volumeClaimTemplates') return change.volumes.length > 0 ? [] : [claimOrder(old, now)];
  return [fixedField(name, old, now, base) ?? anyField(now, update)];
}

/** A Service keeps its first address. */
function address(workload: Workload, { old, now }: RefusedUpdate): Finding {
  const { namespace } = workload.owner;
  const name = textAt(now, 'metadata', 'name');
  const [was, is] = [valueAt(old, 'spec', 'clusterIP'), valueAt(now, 'spec', 'clusterIP')];
  const shown = was === undefined ? 'its current address' : `"${was}"`;
  return {
    code: 'service-address-changed',
    workloads: [workload],
    message: `Kubernetes refuses to change \`spec.clusterIP\` of the Service ${name} from ${shown} to "${is}"`,
    instead: [deleteFirst('Service', name, namespace)],
    facts: [name, namespace, was ?? null, is ?? null],
  };
}

function anyField(workload: Workload, { now, field }: RefusedUpdate): Finding {
  const { namespace } = workload.owner;
  const [kind, name] = [textAt(now, 'kind'), textAt(now, 'metadata', 'name')];
  const path = field.path.join('.');
  const [was, is] = [field.old ?? null, field.new ?? null].map(textOfValue);
  const reason = field.because === undefined ? '' : `, because ${field.because}`;
  return {
    code: 'update-refused',
    workloads: [workload],
    message: `Kubernetes refuses to change \`${path}\` of the ${kind} ${name} (${shown(was)} → ${shown(is)})${reason}, and refuses all its other changes too`,
    instead: kind === 'StatefulSet' ? replaceSteps(workload) : [deleteFirst(kind, name, namespace)],
    facts: [kind, name, namespace, path, was ?? '', is ?? ''],
  };
}

function shown(value: string | undefined): string {
  if (value === undefined || value === 'null') return 'not set';
  return value.length > 60 ? `${value.slice(0, 59)}…` : value;
}

const MEANWHILE: { readonly [kind: string]: string } = {
  ConfigMap: 'pods that start in between wait for it',
  PersistentVolumeClaim: 'unless its reclaim policy is Retain, its data is lost',
  Service: 'in between, clients cannot reach the servers through it',
};

function deleteFirst(kind: string, name: string, namespace: string): string {
  const command = `${kubectl(namespace)} delete ${kind.toLowerCase()} ${quote(name)}`;
  const meanwhile = Object.hasOwn(MEANWHILE, kind) ? `; ${MEANWHILE[kind]}` : '';
  return `Delete the ${kind}, and then apply this change: \`${command}\`${meanwhile}.`;
}
