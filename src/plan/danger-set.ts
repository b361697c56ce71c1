import type { Value } from '../yaml/index.ts';
import { replaceSteps } from './advice.ts';
import type { ClusterObject } from './base.ts';
import type { DangerCode } from './dangers.ts';
import { type Finding, textOfValue } from './finding.ts';
import { replaceServers } from './steps.ts';
import { wordsOn } from './words.ts';
import type { Workload } from './workload.ts';

interface Fixed {
  readonly code: DangerCode;
  /** As written, because confirmations depend on it. */
  written(workload: Workload): Value;
  instead(now: Workload, cluster: ClusterObject | undefined): string[];
}

/** Fields of a StatefulSet that no update may change, and the workaround for each. */
const FIXED = new Map<string, Fixed>([
  [
    'selector',
    {
      code: 'selector-changed',
      written: ({ fixed }) => fixed.selector,
      instead: (now, cluster) => [
        'Leave it as it is: nothing would manage pods that the new selector does not match.',
        ...replaceServers(cluster, now, 'the new selector'),
      ],
    },
  ],
  [
    'serviceName',
    {
      code: 'service-name-changed',
      written: ({ fixed }) => fixed.serviceName,
      instead: (now, cluster) => [
        `Leave it as it is: the pods of ${now.set} would get other addresses${wordsOn(now).one === 'server' ? '' : `, by which PD would not recognize the ${wordsOn(now).one}s`}.`,
        ...replaceServers(cluster, now, 'the new service name'),
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

/** What is to be said of a field of a StatefulSet that is refused; undefined if it is not one of its own dangers. */
export function fixedField(
  field: string,
  old: Workload,
  now: Workload,
  cluster: ClusterObject | undefined,
): Finding | undefined {
  const fixed = FIXED.get(field);
  if (fixed === undefined) return undefined;
  const [was, is] = [textOfValue(fixed.written(old)), textOfValue(fixed.written(now))];
  return {
    code: fixed.code,
    workloads: [now],
    message: `Kubernetes refuses to change \`spec.${field}\` of the StatefulSet ${now.set} (${was} → ${is}), and refuses all its other changes too`,
    instead: fixed.instead(now, cluster),
    facts: [now.set, now.owner.namespace, was, is],
  };
}

/** Claims that differ only in their order, which is that of `storageVolumes`. */
export function claimOrder(old: Workload, now: Workload): Finding {
  const [was, is] = [old, now].map(({ claims }) => claims.map(({ name }) => name));
  return {
    code: 'claims-changed',
    workloads: [now],
    message: `the claims of ${now.set} are in another order (${was?.join(', ')} → ${is?.join(', ')}): Kubernetes refuses to change \`spec.volumeClaimTemplates\`, and refuses all other changes to the StatefulSet too`,
    instead: ['Keep the order of `storageVolumes`, and add new ones at the end.'],
    facts: [now.set, now.owner.namespace, 'order', was ?? null, is ?? null],
  };
}
