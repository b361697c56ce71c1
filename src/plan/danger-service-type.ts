import { byName, isGroupComponent } from '../components/index.ts';
import { quote } from '../expand/index.ts';
import { firstBy } from '../lookup/index.ts';
import { type MapValue, mapAt, sameValue, textAt } from '../yaml/index.ts';
import { kubectl } from './advice.ts';
import { componentWorkloads } from './base.ts';
import type { Compared, Finding, Rule } from './finding.ts';
import type { SourcedWorkload } from './snapshot.ts';
import { isOfBase } from './workload.ts';

/** A Service that loses its load balancer, or its ports on the nodes, because it gets another type. */
export const serviceTypeChanged: Rule = ({ compared, cluster }) =>
  compared.flatMap((pair): Finding[] => {
    const { old, now } = pair;
    if (old === undefined || now?.workload.cluster !== cluster || sameService(old, now)) return [];
    const before = firstBy(servicesOf(old), nameIn);
    return servicesOf(now).flatMap((service): Finding[] => {
      const was = before.get(nameIn(service));
      return was === undefined ? [] : findingsOf(pair, typeIn(was), service);
    });
  });

/** Whoever comes through one of these has no other way in, if the Service is of a type that lacks it. */
const LOST: { readonly [type: string]: { readonly what: string; readonly kept: readonly string[] } } = {
  LoadBalancer: { what: 'its load balancer is removed with its address', kept: ['LoadBalancer'] },
  NodePort: { what: 'its ports on the nodes are closed', kept: ['NodePort', 'LoadBalancer'] },
};

function findingsOf({ now }: Compared, was: string, service: MapValue): Finding[] {
  const [lost, is, name] = [LOST[was], typeIn(service), nameIn(service)];
  if (now === undefined || lost === undefined || lost.kept.includes(is)) return [];
  const { workload } = now;
  return [
    {
      code: 'service-type-changed',
      workloads: [workload],
      message: `the Service ${name} gets the type ${is} instead of ${was}: ${lost.what}, and whoever connects that way can no longer reach ${workload.set}`,
      instead: [
        `First create a Service of your own of type ${is} for the same pods, and move everybody who connects to it; then make this change.`,
        `Note what it has now, because going back may give it another address or other ports: \`${kubectl(workload.owner.namespace)} get service ${quote(name)}\`.`,
      ],
      facts: [name, workload.owner.namespace, was, is],
    },
  ];
}

/** The Services of a component of the base are those that a group with the same fields would have. */
function servicesOf({ workload, workloads, cluster }: SourcedWorkload): MapValue[] {
  const component = byName[workload.component];
  const all =
    isOfBase(workload) && cluster !== undefined && isGroupComponent(component)
      ? componentWorkloads(cluster, component, cluster)
      : workloads;
  return all.filter(({ kind }) => kind === 'Service');
}

/** Whether a component of the base has the same settings for its Services, so that these need no look. */
function sameService(old: SourcedWorkload, now: SourcedWorkload): boolean {
  if (!isOfBase(now.workload)) return false;
  const { component } = now.workload;
  return (
    sameValue(
      mapAt(old.cluster, 'spec', component, 'service'),
      mapAt(now.cluster, 'spec', component, 'service'),
    ) && sameValue(mapAt(old.cluster, 'spec').services ?? null, mapAt(now.cluster, 'spec').services ?? null)
  );
}

function nameIn(service: MapValue): string {
  return textAt(service, 'metadata', 'name');
}

function typeIn(service: MapValue): string {
  return textAt(service, 'spec', 'type') || 'ClusterIP';
}
