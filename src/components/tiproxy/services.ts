import type { TiProxySpec } from '../../api/index.ts';
import {
  familyPolicy,
  type Member,
  peerService,
  selectorLabels,
  service,
  servicePort,
  USED_BY,
} from '../../expand/index.ts';
import { type MapValue, mapAt } from '../../yaml/index.ts';
import { API_PORT, PEER_PORT, PORTS } from './ports.ts';

/** One for the servers among themselves, and one for MySQL clients, which is open on every node. */
export function tiproxyServices(member: Member<TiProxySpec>): MapValue[] {
  const { component, names, cluster } = member;
  const labels = { ...selectorLabels(component, names), [USED_BY]: 'end-user' };
  const peer = peerService(member, { [API_PORT]: PORTS.api, [PEER_PORT]: PORTS.peer });
  return [
    { ...peer, spec: { type: 'ClusterIP', ...mapAt(peer, 'spec') } },
    service(
      member,
      names.server,
      { labels },
      {
        type: 'NodePort',
        ipFamilyPolicy: familyPolicy(cluster.preferIPv6),
        ports: [
          servicePort(API_PORT, PORTS.api, PORTS.api),
          servicePort('tiproxy-sql', PORTS.sql, PORTS.sql),
        ],
        publishNotReadyAddresses: true,
      },
    ),
  ];
}
