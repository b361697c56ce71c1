import type { TiDBServiceSpec } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { fieldNames } from '../structure/show.ts';
import { quote } from '../structure/written.ts';

/** The fields of a Service that its type does not have: Kubernetes refuses some, and TiDB Operator drops others. */
export function checkService(service: TiDBServiceSpec, at: Field): void {
  const type = service.type || 'ClusterIP';
  if (type === 'ClusterIP') checkInternal(service, at);
  else if (service.clusterIP === 'None') {
    const message = `must not be "None", because a Service of type "${type}" needs an address; remove it`;
    at.to('clusterIP').add('service-field', message);
  }
  if (type !== 'LoadBalancer') checkNotBalanced(service, type, at);
  else if (service.loadBalancerClass === '') {
    at.to('loadBalancerClass').add('field-missing', 'must not be empty; give it a value or remove it');
  }
}

interface Written {
  readonly at: Field;
  readonly name: string;
  readonly value: string | number;
}

function checkInternal(service: TiDBServiceSpec, at: Field): void {
  const ports = (service.additionalPorts ?? []).map(({ nodePort }, index): Written => {
    const name = `additionalPorts[${index}].nodePort`;
    return { at: at.to('additionalPorts', index, 'nodePort'), name, value: nodePort ?? 0 };
  });
  const fields = (['mysqlNodePort', 'statusNodePort', 'externalTrafficPolicy'] as const).map(
    (name): Written => ({ at: at.to(name), name, value: service[name] ?? 0 }),
  );
  const [first, ...more] = [...fields, ...ports].filter(({ value }) => value);
  if (first === undefined) return;
  const others = more.length > 0 ? ` (nor must ${fieldNames(more.map(({ name }) => name))})` : '';
  const message = `must not be set, but is ${quote(first.value, first.at)}${others}: a Service of type "ClusterIP" has no external traffic; remove it, or write \`type: NodePort\` or \`LoadBalancer\``;
  first.at.add('service-field', message);
}

function checkNotBalanced(service: TiDBServiceSpec, type: string, at: Field): void {
  const names = (['loadBalancerIP', 'loadBalancerClass', 'loadBalancerSourceRanges'] as const).filter(
    (name) => service[name]?.length,
  );
  const [first, ...more] = names;
  if (first === undefined) return;
  const others = more.length > 0 ? ` (nor has ${fieldNames(more)})` : '';
  const message = `has no effect on a Service of type "${type}"${others}; remove it, or write \`type: LoadBalancer\``;
  at.to(first).add('no-effect', message, 'key');
}
