import type { Container, ContainerPort } from '../../api/index.ts';
import { type AnySpec, componentIn, type Section } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { quote } from '../structure/written.ts';
import { Once } from './once.ts';

/** The containers of a pod share one address, so that each port can be only one container's. */
export function checkPorts(
  component: Section,
  { additionalContainers, initContainers }: AnySpec,
  at: Field,
): void {
  const { ports = {}, arePortsChecked } = componentIn(component) ?? {};
  const listens = arePortsChecked ? Object.values(ports) : [];
  const owners = new Map(listens.map((port) => [`TCP ${port}`, component as string]));
  additionalContainers?.forEach((container, index) => {
    checkContainer(container, owners, at.to('additionalContainers', index, 'ports'));
  });
  // These run before all others, one after another.
  initContainers?.forEach((container, index) => {
    checkContainer(container, new Map(), at.to('initContainers', index, 'ports'));
  });
}

function checkContainer({ name, ports }: Container, owners: Map<string, string>, at: Field): void {
  const numbers = new Once();
  const names = new Once();
  ports?.forEach((port, index) => {
    const here = at.to(index);
    const key = keyOf(port);
    const owner = owners.get(key);
    if (!numbers.isNew(key)) {
      here
        .to('containerPort')
        .add(
          'port-duplicate',
          `is ${quote(port.containerPort, here.to('containerPort'))}, which is listed above already; remove one of them`,
        );
    } else if (owner !== undefined && owner !== name) {
      const message = `is ${quote(port.containerPort, here.to('containerPort'))}, which is a port of the container ${show(owner)} in the same pod; make one of them listen elsewhere`;
      here.to('containerPort').add('port-duplicate', message);
    }
    owners.set(key, owner ?? name);
    if (port.name && !names.isNew(port.name)) {
      here
        .to('name')
        .add(
          'port-duplicate',
          `is ${show(port.name)}, the name of another port of the container; rename one of them`,
        );
    }
  });
}

function keyOf({ protocol, containerPort }: ContainerPort): string {
  return `${protocol || 'TCP'} ${containerPort}`;
}
