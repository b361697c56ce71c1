import type { GroupKind, TidbCluster, TidbClusterSpec } from '../api/index.ts';
import {
  asGroup,
  byKind,
  COMPONENTS,
  expandQuietly,
  GROUP_COMPONENTS,
  type GroupOf,
  isGroupComponent,
  running,
} from '../components/index.ts';
import { clientSecret, clusterSecret, withoutNulls } from '../expand/index.ts';
import type { Wanted } from './certificate.ts';
import { mountedCertificates, oncePerSecret } from './mounted.ts';

/**
 * The certificates that the pods of a group mount; `isOperated` where TiDB Operator runs them, which asks PD with the
 * group's own. The expansion of its kind must have been loaded.
 */
export function certificatesOfGroup<Kind extends GroupKind>(
  group: GroupOf<Kind>,
  cluster: TidbCluster,
  isOperated: boolean,
): Wanted[] {
  const component = byKind[group.kind].name;
  const mounted = mountedCertificates(expandQuietly(running(group), cluster), component);
  const asks = isOperated && hasTls(cluster) ? [client(group.metadata.name ?? '')] : [];
  return oncePerSecret([...mounted, ...asks]);
}

/**
 * The certificates that the servers of a TidbCluster itself mount, as TiDB Operator makes them, and the one with which the
 * operator asks PD. The expansions of all kinds must have been loaded.
 */
export function certificatesOfCluster(object: TidbCluster): Wanted[] {
  const cluster = withoutNulls(object);
  const { metadata, spec } = cluster;
  const name = metadata.name ?? '';
  const mounted = GROUP_COMPONENTS.flatMap((component) => {
    const group = asGroup(component, cluster, { name });
    if (group === undefined) return [];
    return mountedCertificates(expandQuietly(running(group), cluster), component.name);
  });
  if (!hasTls(cluster)) return oncePerSecret(mounted);
  return oncePerSecret([...mounted, ...ofOthers(name, spec), client(name)]);
}

/**
 * What the operator runs that cannot be a group: other components, whose pods have a Service that is called as they are;
 * microservices, which share the certificate of those that keep the quorum; and its discovery service.
 */
function ofOthers(name: string, spec: TidbClusterSpec): Wanted[] {
  const servers = (secret: string, names: string[]): Wanted => ({ secret, purpose: 'servers', names });
  const others = COMPONENTS.filter((component) => !isGroupComponent(component) && spec[component.name]);
  const quorum = COMPONENTS.find(({ keeps }) => keeps === 'quorum');
  return [
    ...(spec.pdms ?? []).flatMap((service) => {
      if (quorum === undefined || !spec[quorum.name]) return [];
      const server = `${name}-${service.name}`;
      return [servers(clusterSecret(name, quorum.name), [server, `${server}-peer`, `*.${server}-peer`])];
    }),
    ...others.map((component) => {
      const server = `${name}-${component.name}`;
      return servers(clusterSecret(name, component.name), [server, `*.${server}`]);
    }),
    ...(spec.tlsCluster?.enableDiscoveryMTLS
      ? [servers(`${name}-discovery-cluster-secret`, [`${name}-discovery`])]
      : []),
  ];
}

function client(instance: string): Wanted {
  return { secret: clientSecret(instance), purpose: 'client', names: [] };
}

function hasTls({ spec }: TidbCluster): boolean {
  return spec.tlsCluster?.enabled ?? false;
}
