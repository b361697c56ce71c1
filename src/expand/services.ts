import type { TiDBServiceSpec } from '../api/index.ts';
import type { MapValue, Value } from '../list/index.ts';
import { copy, copyList, fields, unlessEmpty } from './copy.ts';
import { selectorLabels } from './labels.ts';
import type { Member } from './member.ts';
import { TIDB_PORT, TIDB_STATUS_PORT } from './start-script-tidb.ts';

const USED_BY = 'app.kubernetes.io/used-by';

/** The headless Service that gives each pod a name, before it is ready too: servers find each other by it. */
export function peerService(member: Member, portName: string, port: number): MapValue {
  const { component, names, cluster } = member;
  const selector = selectorLabels(component, names);
  return service(
    member,
    names.peer,
    { labels: { ...selector, [USED_BY]: 'peer' } },
    {
      clusterIP: 'None',
      ipFamilyPolicy: familyPolicy(cluster.preferIPv6),
      ports: [servicePort(portName, port, port)],
      publishNotReadyAddresses: true,
    },
  );
}

/** The Service for MySQL clients. */
export function clientService(member: Member, written: TiDBServiceSpec): MapValue {
  const { component, names, cluster } = member;
  const balanced = written.type === 'LoadBalancer';
  const labels = { ...written.labels, ...selectorLabels(component, names), [USED_BY]: 'end-user' };
  const status = servicePort('status', TIDB_STATUS_PORT, TIDB_STATUS_PORT, written.statusNodePort);
  const metadata = { labels, annotations: unlessEmpty({ ...written.annotations }) };
  return service(member, names.server, metadata, {
    type: copy(written.type),
    clusterIP: copy(written.clusterIP),
    ipFamilyPolicy: familyPolicy(cluster.preferIPv6),
    externalTrafficPolicy: copy(written.externalTrafficPolicy),
    loadBalancerIP: balanced ? copy(written.loadBalancerIP) : undefined,
    loadBalancerClass: balanced ? copy(written.loadBalancerClass) : undefined,
    loadBalancerSourceRanges: balanced ? copy(written.loadBalancerSourceRanges) : undefined,
    ports: [
      servicePort(
        written.portName ?? 'mysql-client',
        written.port ?? TIDB_PORT,
        TIDB_PORT,
        written.mysqlNodePort,
      ),
      ...copyList(written.additionalPorts),
      ...((written.exposeStatus ?? true) ? [status] : []),
    ],
  });
}

interface Metadata {
  readonly labels: MapValue;
  readonly annotations?: MapValue | undefined;
}

function service(
  { component, names }: Member,
  name: string,
  { labels, annotations }: Metadata,
  spec: { readonly [key: string]: Value | undefined },
): MapValue {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: fields({ name, namespace: names.namespace, labels, annotations }),
    spec: fields({ ...spec, selector: selectorLabels(component, names) }),
  };
}

function servicePort(name: string, port: number, targetPort: number, nodePort?: number): MapValue {
  return fields({ name, port, targetPort, nodePort: nodePort || undefined, protocol: 'TCP' });
}

function familyPolicy(preferIPv6: boolean | undefined): string | undefined {
  return preferIPv6 ? 'PreferDualStack' : undefined;
}
