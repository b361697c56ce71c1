import { quote } from '../expand/index.ts';
import { allBy, firstBy } from '../lookup/index.ts';
import { listed } from '../text/index.ts';
import { type MapValue, mapAt, textAt, type Value } from '../yaml/index.ts';
import { flowEntries } from '../yaml-write/index.ts';
import { kubectl } from './advice.ts';
import type { Finding, Rule } from './finding.ts';
import type { SourcedWorkload } from './snapshot.ts';
import { addressOf, titleOf, type Workload } from './workload.ts';

/**
 * A Service that selects pods by labels that they only get at their next restart: until then it leads to none of those that
 * run. Others of its namespace that run already, and have the labels, serve its clients.
 */
export const selectsNone: Rule = ({ compared, cluster }) => {
  const running = compared.flatMap(({ old, now }) =>
    old === undefined || isStopped(old.workload) || now === undefined || isStopped(now.workload)
      ? []
      : [old.workload],
  );
  const byLabel = allBy(running, ({ owner, template }) =>
    Object.entries(labelsIn({ template })).map((label) => placeOf(owner.namespace, label)),
  );
  const found = new Map<string, Finding>();
  for (const { old, now } of compared) {
    if (old === undefined || now?.workload.cluster !== cluster || isStopped(old.workload)) continue;
    const { namespace } = old.workload.owner;
    const before = firstBy(servicesOf(old), nameIn);
    for (const service of servicesOf(now)) {
      const name = nameIn(service);
      const was = before.get(name);
      if (was === undefined || !selects(was, labelsIn(old.workload)) || isStopped(now.workload)) continue;
      const missing = selectorOf(service).filter(([key, value]) => labelsIn(old.workload)[key] !== value);
      const [first] = missing;
      if (first === undefined) continue;
      const others = byLabel.get(placeOf(namespace, first)) ?? [];
      if (others.some((workload) => selects(service, labelsIn(workload)))) continue;
      found.set(addressOf({ namespace, name }), findingOf(old, now.workload, name, missing));
    }
  }
  return [...found.values()];
};

/** A label of pods, or what a selector wants one to be. */
type Label = readonly [key: string, value: Value];

function findingOf(
  { workload: { owner, set }, written }: SourcedWorkload,
  now: Workload,
  name: string,
  missing: readonly Label[],
): Finding {
  const labels = missing.map(([key, value]) => flowEntries({ [key]: value }));
  return {
    code: 'service-selects-none',
    workloads: [now],
    message: `the Service ${name} selects pods by the label ${listed(labels.map((label) => `\`${label}\``))}, which no running pod has: clients find no server until the first pod of ${now.set} has restarted, and few until all have`,
    instead: [
      `First give the running pods the label, and change nothing else: write \`labels: {${labels.join(', ')}}\` in the \`spec\` of ${titleOf(written ?? owner)} as it was, and apply that. The pods restart one after another, and the Service leads to them all the time.`,
      `Wait until all have restarted: \`${kubectl(owner.namespace)} rollout status statefulset ${quote(set)}\`.`,
      'Then apply this change. The label may stay in `labels`.',
    ],
    facts: [name, owner.namespace, ...missing.map(textOf)],
  };
}

function isStopped({ replicas, suspended }: Workload): boolean {
  return suspended || replicas === 0;
}

function labelsIn({ template }: Pick<Workload, 'template'>): MapValue {
  return mapAt(template, 'metadata', 'labels');
}

/** Those that TiDB Operator makes, and those that are rendered, which are the same ones where Kubernetes runs the servers. */
function servicesOf({ workloads, resources }: SourcedWorkload): MapValue[] {
  return [...workloads, ...resources].filter(({ kind }) => kind === 'Service');
}

/** As Kubernetes matches them: each label of the selector has the same value. One without a selector is led by somebody else. */
function selects(service: MapValue, labels: MapValue): boolean {
  return selectorOf(service).every(([key, value]) => labels[key] === value);
}

function selectorOf(service: MapValue): Label[] {
  return Object.entries(mapAt(service, 'spec', 'selector'));
}

function textOf([key, value]: Label): string {
  return `${key}=${String(value)}`;
}

/** Where a label is looked up: a Service leads to pods of its own namespace only. */
function placeOf(namespace: string, label: Label): string {
  return `${namespace} ${textOf(label)}`;
}

function nameIn(service: MapValue): string {
  return textAt(service, 'metadata', 'name');
}
