import type { TiDBServiceSpec, TiDBSpec } from '../../api/index.ts';
import {
  copy,
  copyList,
  familyPolicy,
  type Member,
  selectorLabels,
  service,
  servicePort,
  USED_BY,
  unlessEmpty,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import type { GeneratedPort } from '../component.ts';
import { servicePorts } from './ports.ts';

/** The Service for MySQL clients. */
export function clientService(member: Member<TiDBSpec>, written: TiDBServiceSpec): MapValue {
  const { component, names, cluster } = member;
  const balanced = written.type === 'LoadBalancer';
  const labels = { ...written.labels, ...selectorLabels(component, names), [USED_BY]: 'end-user' };
  const metadata = { labels, annotations: unlessEmpty({ ...written.annotations }) };
  const [first, ...others] = servicePorts(written);
  return service(member, names.server, metadata, {
    type: copy(written.type),
    clusterIP: copy(written.clusterIP),
    ipFamilyPolicy: familyPolicy(cluster.preferIPv6),
    externalTrafficPolicy: copy(written.externalTrafficPolicy),
    loadBalancerIP: balanced ? copy(written.loadBalancerIP) : undefined,
    loadBalancerClass: balanced ? copy(written.loadBalancerClass) : undefined,
    loadBalancerSourceRanges: balanced ? copy(written.loadBalancerSourceRanges) : undefined,
    ports: [portOf(first), ...copyList(written.additionalPorts), ...others.map(portOf)],
  });
}

function portOf({ name, port, targetPort, nodePort }: GeneratedPort): MapValue {
  return servicePort(name, port, targetPort, nodePort);
}
