import type { Container } from '../../api/index.ts';
import type { AnySpec } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { Once } from '../meaning/once.ts';
import { quote } from '../structure/written.ts';
import type { Pod } from './pod.ts';

/** Ports of the node: each is one container's, and on the node's own network the same as the container's. */
export function checkHostPorts({ additionalContainers, initContainers }: AnySpec, pod: Pod, at: Field): void {
  const taken = new Once();
  const check = ({ ports }: Container, once: Once, place: Field, isBeside: boolean) => {
    ports?.forEach(({ containerPort, hostPort, hostIP, protocol }, index) => {
      if (!hostPort) return;
      const atPort = place.to('ports', index);
      const here = atPort.to('hostPort');
      if (isBeside && pod.hostNetwork && hostPort !== containerPort) {
        const message = `must be the \`containerPort\`, ${quote(containerPort, atPort.to('containerPort'))}, on the node's own network (\`hostNetwork\`), but is ${quote(hostPort, here)}; remove it`;
        here.add('field-choice', message);
      } else if (!once.isNew(`${protocol || 'TCP'} ${hostIP ?? ''} ${hostPort}`)) {
        here.add(
          'port-duplicate',
          `is ${quote(hostPort, here)}, which is listed above already; change one of them`,
        );
      }
    });
  };
  additionalContainers?.forEach((container, index) => {
    check(container, taken, at.to('additionalContainers', index), true);
  });
  initContainers?.forEach((container, index) => {
    check(container, new Once(), at.to('initContainers', index), false);
  });
}
