import type { ServicePort, TiDBServiceSpec } from '../../api/index.ts';
import type { GeneratedPort } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { quote } from '../structure/written.ts';
import { Once } from './once.ts';

/** The default range of a cluster (`--service-node-port-range`). */
const NODE_PORTS = { least: 30_000, most: 32_767 };

/** A port of a Service, and where its fields were written, as far as they can be. */
export interface PlacedPort {
  readonly port: Pick<ServicePort, 'name' | 'port' | 'nodePort' | 'protocol'>;
  readonly name?: Field;
  readonly number?: Field;
  readonly nodePort: Field;
}

/** The ports of a Service for clients: those that are generated, and the user's. */
export function servicePorts(
  generated: readonly GeneratedPort[],
  { additionalPorts }: TiDBServiceSpec,
  at: Field,
): PlacedPort[] {
  const made = generated.map(({ name, port, nodePort, fields }) => ({
    port: { name, port, nodePort: nodePort ?? 0 },
    ...(fields.name && { name: at.to(fields.name) }),
    ...(fields.port && { number: at.to(fields.port) }),
    nodePort: at.to(fields.nodePort),
  }));
  const added = (additionalPorts ?? []).map((one, index) => {
    const here = at.to('additionalPorts', index);
    return { port: one, name: here.to('name'), number: here.to('port'), nodePort: here.to('nodePort') };
  });
  return [...made, ...added];
}

/** The ports of a Service must differ in name, in number, and on nodes. */
export function checkServicePorts(
  generated: readonly GeneratedPort[],
  service: TiDBServiceSpec,
  at: Field,
): void {
  const [names, numbers, nodePorts] = [new Once(), new Once(), new Once()];
  const onNodes = service.type === 'NodePort' || service.type === 'LoadBalancer';
  for (const { port, name, number, nodePort } of servicePorts(generated, service, at)) {
    const protocol = port.protocol || 'TCP';
    if (!port.name) {
      name?.add('field-missing', 'is missing; add it: if there are several ports, each must have a name');
    } else if (!names.isNew(port.name)) {
      name?.add(
        'port-duplicate',
        `is ${show(port.name)}, the name of another port of the Service; rename it`,
      );
    }
    if (!numbers.isNew(`${protocol} ${port.port}`)) {
      number?.add(
        'port-duplicate',
        `is ${quote(port.port, number)}, like another port of the Service; change one of them`,
      );
    }
    const onNode = port.nodePort ?? 0;
    const isUsual = onNode === 0 || (onNode >= NODE_PORTS.least && onNode <= NODE_PORTS.most);
    if (onNodes && !isUsual) {
      const message = `is ${quote(onNode, nodePort)}, outside ${NODE_PORTS.least} to ${NODE_PORTS.most}, the default range of clusters; choose a port in it`;
      nodePort.add('node-port-range', message);
    }
    if (onNodes && onNode !== 0 && !nodePorts.isNew(`${protocol} ${onNode}`)) {
      nodePort.add(
        'port-duplicate',
        `is ${quote(onNode, nodePort)}, like another port of the Service; change one of them`,
      );
    }
  }
}
