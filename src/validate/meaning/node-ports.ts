import type { TidbCluster } from '../../api/index.ts';
import { type AnySpec, COMPONENTS, type Component } from '../../components/index.ts';
import { Field, type Problems, type Subject } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { quote } from '../structure/written.ts';
import { componentOf, type Group } from './group-of.ts';
import { servicePorts } from './service-ports.ts';

/** A port of the nodes can be only one Service's; checked where all Services are surely in one Kubernetes. */
export function checkNodePorts(
  cluster: Subject<TidbCluster>,
  groups: readonly Group[],
  problems: Problems,
): void {
  const owners = new Map<string, string>();
  const take = (owner: string, { servicePorts: generate }: Component, { service }: AnySpec, at: Field) => {
    if (!generate || (service?.type !== 'NodePort' && service?.type !== 'LoadBalancer')) return;
    for (const { port, nodePort } of servicePorts(generate(service), service, at.to('service'))) {
      if (!port.nodePort) continue;
      const key = `${port.protocol || 'TCP'} ${port.nodePort}`;
      const before = owners.get(key) ?? owner;
      if (before !== owner) {
        const message = `is ${quote(port.nodePort, nodePort)}, which is a port of ${before} on the same nodes; give one of them another port`;
        nodePort.add('collision', message);
      }
      owners.set(key, before);
    }
  };
  const { object, origin } = cluster;
  for (const component of COMPONENTS) {
    const { name, servicePorts: generate } = component;
    const its = object.spec[name];
    if (!its || !generate) continue;
    take(
      `the TidbCluster ${show(origin.id.name)}`,
      component,
      its,
      new Field(origin, problems, ['spec', name]),
    );
  }
  for (const group of groups) {
    const { kind, spec } = group.object;
    const owner = `the ${kind} ${show(group.origin.id.name)}`;
    take(owner, componentOf(group), spec, new Field(group.origin, problems, ['spec']));
  }
}
