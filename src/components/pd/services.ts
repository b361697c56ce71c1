import type { PDSpec } from '../../api/index.ts';
import {
  copy,
  familyPolicy,
  type Member,
  peerService,
  selectorLabels,
  service,
  servicePort,
  USED_BY,
  unlessEmpty,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { PORTS } from './ports.ts';
import { listedType } from './service-type.ts';

/** One for the members among themselves, and one for whoever asks PD. */
export function pdServices(member: Member<PDSpec>): MapValue[] {
  const peers = { [`tcp-peer-${PORTS.peer}`]: PORTS.peer, [`tcp-peer-${PORTS.client}`]: PORTS.client };
  return [peerService(member, peers), clientService(member)];
}

function clientService(member: Member<PDSpec>): MapValue {
  const { component, names, cluster, spec } = member;
  const { type, labels, annotations, loadBalancerIP, clusterIP, portName = 'client' } = spec.service ?? {};
  const metadata = {
    labels: { ...labels, ...selectorLabels(component, names), [USED_BY]: 'end-user' },
    annotations: unlessEmpty({ ...annotations }),
  };
  return service(member, names.server, metadata, {
    type: type || listedType(cluster.services),
    clusterIP: copy(clusterIP),
    ipFamilyPolicy: familyPolicy(cluster.preferIPv6),
    loadBalancerIP: copy(loadBalancerIP),
    ports: [servicePort(portName, PORTS.client, PORTS.client)],
  });
}
