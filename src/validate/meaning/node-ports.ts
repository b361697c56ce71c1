import type { TidbCluster } from '../../api/index.ts';
import { type AnySpec, COMPONENTS, type Component } from '../../components/index.ts';
import type { Problems } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { At, type Subject } from './at.ts';
import { componentOf, type Group } from './group.ts';
import { servicePorts } from './service-ports.ts';

/** A port of the nodes can be only one Service's; checked where all Services are surely in one Kubernetes. */
export function checkNodePorts(
  cluster: Subject<TidbCluster>,
  groups: readonly Group[],
  problems: Problems,
): void {
  const owners = new Map<string, string>();
  const take = (owner: string, component: Component, { service }: AnySpec, at: At) => {
    const generated = service && component.servicePorts?.(service);
    if (generated === undefined) return;
    if (service?.type !== 'NodePort' && service?.type !== 'LoadBalancer') return;
    for (const { port, nodePort } of servicePorts(generated, service, at)) {
      if (!port.nodePort) continue;
      const key = `${port.protocol || 'TCP'} ${port.nodePort}`;
      const before = owners.get(key) ?? owner;
      if (before !== owner) {
        const message = `is "${port.nodePort}", which is a port of ${before} on the same nodes; give one of them another port`;
        nodePort.add('collision', message);
      }
      owners.set(key, before);
    }
  };
  const { object, origin } = cluster;
  for (const component of COMPONENTS) {
    const its = object.spec[component.name];
    const at = new At(origin, problems, ['spec', component.name, 'service']);
    if (its) take(`the TidbCluster ${show(origin.id.name)}`, component, its, at);
  }
  for (const group of groups) {
    const owner = `the ${group.object.kind} ${show(group.origin.id.name)}`;
    const at = new At(group.origin, problems, ['spec', 'service']);
    take(owner, componentOf(group), group.object.spec, at);
  }
}
