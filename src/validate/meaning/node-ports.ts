import type { TidbCluster } from '../../api/index.ts';
import { type AnySpec, COMPONENTS, type Component } from '../../components/index.ts';
import { Field, type Problems, type ResourceId, type Subject } from '../../problem/index.ts';
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
  const owners = new Map<string, ResourceId>();
  const take = (
    owner: ResourceId,
    { servicePorts: generate }: Component,
    { service }: AnySpec,
    at: Field,
  ) => {
    if (!generate || (service?.type !== 'NodePort' && service?.type !== 'LoadBalancer')) return;
    for (const { port, nodePort } of servicePorts(generate(service), service, at.to('service'))) {
      if (!port.nodePort) continue;
      const key = `${port.protocol || 'TCP'} ${port.nodePort}`;
      const before = owners.get(key) ?? owner;
      if (!isSame(before, owner)) {
        const message = `is ${quote(port.nodePort, nodePort)}, which is a port of ${titleOf(before, owner)} on the same nodes; give one of them another port`;
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
    take(origin.id, component, its, new Field(origin, problems, ['spec', name]));
  }
  for (const group of groups) {
    const { object, origin } = group;
    take(origin.id, componentOf(group), object.spec, new Field(origin, problems, ['spec']));
  }
}

/** Compares names, because two resources of one name are one mistake, which is reported elsewhere. */
function isSame(one: ResourceId, other: ResourceId): boolean {
  return one.kind === other.kind && one.name === other.name && one.namespace === other.namespace;
}

/** Names a resource beside another one, whose name it may have in another namespace. */
function titleOf({ kind, name, namespace }: ResourceId, beside: ResourceId): string {
  const title = `the ${kind} ${show(name)}`;
  const isAmbiguous = kind === beside.kind && name === beside.name;
  return isAmbiguous && namespace !== '' ? `${title} (namespace ${show(namespace)})` : title;
}
