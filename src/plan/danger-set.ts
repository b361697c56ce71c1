import { sameValue } from '../list/index.ts';
import { kubectl, replaceSteps, word } from './advice.ts';
import { isHandedOver } from './compare-workload.ts';
import type { DangerCode } from './dangers.ts';
import { textAt, valueAt } from './fields.ts';
import { changedPairs, type Finding, type Rule, type Site, textOfValue } from './finding.ts';
import type { Workload } from './workload.ts';

interface Fixed {
  readonly code: DangerCode;
  readonly field: keyof Workload['fixed'];
  instead(now: Workload): string[];
}

/** Fields of a StatefulSet that no update may change, and the way round each. */
const FIXED: readonly Fixed[] = [
  {
    code: 'selector-changed',
    field: 'selector',
    instead: () => [
      'Pods that the new selector does not match would be nobody’s: add a group of another name, move over to it, and remove this one.',
    ],
  },
  {
    code: 'service-name-changed',
    field: 'serviceName',
    instead: ({ set }) => [
      `The pods of ${set} would get other addresses, by which PD does not know the stores: add a group of another name, move over to it, and remove this one.`,
    ],
  },
  { code: 'pod-management-changed', field: 'podManagementPolicy', instead: replaceSteps },
];

export const fixedFields: Rule = (site) =>
  changedPairs(site).flatMap(({ old, now }) => {
    if (now.runner !== 'Kubernetes' || old.suspended || now.suspended || isHandedOver(old, now)) return [];
    return FIXED.filter(({ field }) => !sameValue(old.fixed[field], now.fixed[field])).map(
      ({ code, field, instead }): Finding => {
        const [was, is] = [textOfValue(old.fixed[field]), textOfValue(now.fixed[field])];
        return {
          code,
          workloads: [now],
          message: `Kubernetes refuses to change \`spec.${field}\` of the StatefulSet ${now.set} (${was} → ${is}), and with it everything else that changes in it`,
          instead: instead(now),
          facts: [now.set, now.owner.namespace, was, is],
        };
      },
    );
  });

/** A Service keeps the address that it was given first. */
export const serviceAddress: Rule = ({ compared, cluster }: Site) =>
  compared.flatMap(({ old, now }): Finding[] => {
    if (old === undefined || now?.workload.cluster !== cluster) return [];
    return now.workloads.flatMap((service): Finding[] => {
      const name = textAt(service, 'metadata', 'name');
      const before = old.workloads.find(
        ({ kind, metadata }) => kind === 'Service' && textAt(metadata, 'name') === name,
      );
      if (service.kind !== 'Service' || before === undefined) return [];
      const [was, is] = [valueAt(before, 'spec', 'clusterIP'), valueAt(service, 'spec', 'clusterIP')];
      if (is === undefined || sameValue(was, is)) return [];
      const { workload } = now;
      const shown = was === undefined ? 'the one it was given' : `"${was}"`;
      return [
        {
          code: 'service-address-changed',
          workloads: [workload],
          message: `Kubernetes refuses to change \`spec.clusterIP\` of the Service ${name} from ${shown} to "${is}"`,
          instead: [
            `Delete the Service, and then apply this change: \`${kubectl(workload.owner.namespace)} delete service ${word(name)}\`; until then nobody reaches the servers by it.`,
          ],
          facts: [name, workload.owner.namespace, was ?? null, is],
        },
      ];
    });
  });
