import type { Value } from '../yaml/index.ts';
import { replaceSteps } from './advice.ts';
import type { DangerCode } from './dangers.ts';
import { type Finding, textOfValue } from './finding.ts';
import type { Workload } from './workload.ts';

interface Fixed {
  readonly code: DangerCode;
  /** As it is written: a confirmation is bound to it. */
  written(workload: Workload): Value;
  instead(now: Workload): string[];
}

/** Fields of a StatefulSet that no update may change, and the way round each. */
const FIXED = new Map<string, Fixed>([
  [
    'selector',
    {
      code: 'selector-changed',
      written: ({ fixed }) => fixed.selector,
      instead: () => [
        'Pods that the new selector does not match would be nobody’s: add a group of another name, move over to it, and remove this one.',
      ],
    },
  ],
  [
    'serviceName',
    {
      code: 'service-name-changed',
      written: ({ fixed }) => fixed.serviceName,
      instead: ({ set }) => [
        `The pods of ${set} would get other addresses, by which PD does not know the stores: add a group of another name, move over to it, and remove this one.`,
      ],
    },
  ],
  [
    'podManagementPolicy',
    {
      code: 'pod-management-changed',
      written: ({ fixed }) => fixed.podManagementPolicy,
      instead: replaceSteps,
    },
  ],
]);

/** What is to be said of a field of a StatefulSet that is refused; undefined where it is none of its own dangers. */
export function fixedField(field: string, old: Workload, now: Workload): Finding | undefined {
  const fixed = FIXED.get(field);
  if (fixed === undefined) return undefined;
  const [was, is] = [textOfValue(fixed.written(old)), textOfValue(fixed.written(now))];
  return {
    code: fixed.code,
    workloads: [now],
    message: `Kubernetes refuses to change \`spec.${field}\` of the StatefulSet ${now.set} (${was} → ${is}), and with it everything else that changes in it`,
    instead: fixed.instead(now),
    facts: [now.set, now.owner.namespace, was, is],
  };
}

/** Claims that are the same but for their order, which comes from that of `storageVolumes`. */
export function claimOrder(old: Workload, now: Workload): Finding {
  const [was, is] = [old, now].map(({ claims }) => claims.map(({ name }) => name));
  return {
    code: 'claims-changed',
    workloads: [now],
    message: `the volumes of ${now.set} are claimed in another order (${was?.join(', ')} → ${is?.join(', ')}): Kubernetes refuses to change \`spec.volumeClaimTemplates\`, and with it everything else that changes in the StatefulSet`,
    instead: ['Leave `storageVolumes` in their order, and add new ones behind them.'],
    facts: [now.set, now.owner.namespace, 'order', was ?? null, is ?? null],
  };
}
