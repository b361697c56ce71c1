import type { MapValue, Value } from '../yaml/index.ts';
import { fields } from './copy.ts';
import { selectorLabels, USED_BY } from './labels.ts';
import type { Member } from './member.ts';

/** Ports by their names. */
interface Ports {
  readonly [name: string]: number;
}

/**
 * The headless Service that gives each pod a name, before it is ready too: servers find each other by it. TiDB Operator
 * marks those of some components as being for peers.
 */
export function peerService(member: Member, ports: Ports, mark: MapValue = { [USED_BY]: 'peer' }): MapValue {
  const { component, names, cluster } = member;
  const selector = selectorLabels(component, names);
  return service(
    member,
    names.peer,
    { labels: { ...selector, ...mark } },
    {
      clusterIP: 'None',
      ipFamilyPolicy: familyPolicy(cluster.preferIPv6),
      ports: Object.entries(ports).map(([name, port]) => servicePort(name, port, port)),
      publishNotReadyAddresses: true,
    },
  );
}

interface Metadata {
  readonly labels: MapValue;
  readonly annotations?: MapValue | undefined;
}

export function service(
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

export function servicePort(name: string, port: number, targetPort: number, nodePort?: number): MapValue {
  return fields({ name, port, targetPort, nodePort: nodePort || undefined, protocol: 'TCP' });
}

export function familyPolicy(preferIPv6: boolean | undefined): string | undefined {
  return preferIPv6 ? 'PreferDualStack' : undefined;
}
