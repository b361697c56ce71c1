import { quote } from '../expand/index.ts';
import { firstBy } from '../lookup/index.ts';
import { listed } from '../text/index.ts';
import { type MapValue, mapAt, textAt } from '../yaml/index.ts';
import { kubectl } from './advice.ts';
import type { Finding, Rule } from './finding.ts';
import type { SourcedWorkload } from './snapshot.ts';
import { titleOf, type Workload } from './workload.ts';

/**
 * A Service that selects pods by labels that they only get at their next restart: until then it leads to none of those that
 * run. Others that run already, and have the labels, serve its clients.
 */
export const selectsNone: Rule = ({ compared, cluster }) => {
  const running = compared.flatMap(({ old, now }) =>
    old === undefined || isStopped(old.workload) || now === undefined || isStopped(now.workload)
      ? []
      : [labelsIn(old.workload)],
  );
  const found = new Map<string, Finding>();
  for (const { old, now } of compared) {
    if (old === undefined || now?.workload.cluster !== cluster || isStopped(old.workload)) continue;
    const before = firstBy(servicesOf(old), nameIn);
    for (const service of servicesOf(now)) {
      const was = before.get(nameIn(service));
      if (was === undefined || !selects(was, labelsIn(old.workload))) continue;
      if (isStopped(now.workload) || running.some((labels) => selects(service, labels))) continue;
      found.set(nameIn(service), findingOf(old, now.workload, service));
    }
  }
  return [...found.values()];
};

function findingOf({ workload: old, written }: SourcedWorkload, now: Workload, service: MapValue): Finding {
  const { owner, set } = old;
  const has = labelsIn(old);
  const missing = Object.entries(mapAt(service, 'spec', 'selector')).filter(
    ([key, value]) => has[key] !== value,
  );
  const labels = missing.map(([key, value]) => `${key}: ${quote(String(value))}`);
  const name = nameIn(service);
  return {
    code: 'service-selects-none',
    workloads: [now],
    message: `the Service ${name} selects pods by the label ${listed(labels.map((label) => `\`${label}\``))}, which no running pod has: clients find no server until the first pod of ${now.set} has restarted, and few until all have`,
    instead: [
      `First give the running pods the label, and change nothing else: write \`labels: {${labels.join(', ')}}\` in the \`spec\` of ${titleOf(written ?? owner)} as it was, and apply that. The pods restart one after another, and the Service leads to them all the time.`,
      `Wait until all have restarted: \`${kubectl(owner.namespace)} rollout status statefulset ${quote(set)}\`.`,
      'Then apply this change. The label may stay in `labels`.',
    ],
    facts: [name, owner.namespace, ...missing.map(([key, value]) => `${key}=${String(value)}`)],
  };
}

function isStopped({ replicas, suspended }: Workload): boolean {
  return suspended || replicas === 0;
}

function labelsIn({ template }: Workload): MapValue {
  return mapAt(template, 'metadata', 'labels');
}

/** Those that TiDB Operator makes, and those that are rendered, which are the same ones where Kubernetes runs the servers. */
function servicesOf({ workloads, resources }: SourcedWorkload): MapValue[] {
  return [...workloads, ...resources].filter(({ kind }) => kind === 'Service');
}

/** As Kubernetes matches them: each label of the selector has the same value. Without a selector somebody else says where. */
function selects(service: MapValue, labels: MapValue): boolean {
  const selector = Object.entries(mapAt(service, 'spec', 'selector'));
  return selector.length === 0 || selector.every(([key, value]) => labels[key] === value);
}

function nameIn(service: MapValue): string {
  return textAt(service, 'metadata', 'name');
}
