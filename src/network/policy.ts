import type { NetworkPeer, NetworkPolicySpec } from '../api/index.ts';
import { copy, isIn, withoutNulls } from '../expand/index.ts';
import { isMap, type MapValue } from '../yaml/index.ts';
import type { ServerPorts } from './ports.ts';

/** What a NetworkPolicy is for. */
export interface Policed {
  /** As the StatefulSet is called. */
  readonly name: string;
  readonly namespace: string | undefined;
  /** The labels by which the StatefulSet finds its pods. */
  readonly selector: MapValue;
  readonly ports: ServerPorts;
  /** Other namespaces with servers of the cluster. */
  readonly others: readonly string[];
  /** Whether TiDB Operator runs the servers, which asks them from a namespace of its own. */
  readonly isOperated: boolean;
}

/**
 * The pods that run a cluster: its servers with those of groups, the discovery service, drain Jobs, TidbMonitors, and Jobs
 * that back up and restore. By who manages them, and not by their names: a group that somebody takes out of the render
 * leaves stores behind, which must still reach the others, and one that is added must not wait for the policies of these.
 */
const MANAGERS = ['backup-operator', 'restore-operator', 'tidb-groups', 'tidb-operator'];

/** Lets in who must reach the servers of a group, and whoever its own settings name. */
export function networkPolicy(policed: Policed, settings: NetworkPolicySpec): MapValue {
  const { name, namespace, selector, ports, others, isOperated } = policed;
  const { clients, monitoring } = settings;
  const of = (managers: string[]) => ({
    podSelector: { matchExpressions: [isIn('app.kubernetes.io/managed-by', managers)] },
  });
  const inNamespaces = (names: readonly string[]): MapValue[] =>
    names.length === 0
      ? []
      : [
          {
            namespaceSelector: { matchExpressions: [isIn('kubernetes.io/metadata.name', [...names])] },
            ...of(MANAGERS),
          },
        ];
  const operator = {
    namespaceSelector: {},
    podSelector: { matchExpressions: [isIn('app.kubernetes.io/name', ['tidb-operator'])] },
  };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    spec: {
      podSelector: { ...selector },
      ingress: [
        {
          from: [of(MANAGERS), ...inNamespaces(others), ...(isOperated ? [operator] : [])],
          ports: ports.all.map(tcp),
        },
        ...rule(clients, ports.users, ports.isPublic),
        ...rule(monitoring, ports.metrics, false),
      ],
      policyTypes: ['Ingress'],
    },
  };
}

/**
 * A rule for some ports. Without peers there is none, because to Kubernetes such a rule is for everybody; where everybody is
 * meant unless somebody says otherwise, there is.
 */
function rule(
  peers: readonly NetworkPeer[] | undefined,
  ports: readonly number[],
  isOpen: boolean,
): MapValue[] {
  const from = (peers ?? []).flatMap(peerOf);
  if (from.length > 0) return [{ from, ports: ports.map(tcp) }];
  return peers === undefined && isOpen ? [{ ports: ports.map(tcp) }] : [];
}

function peerOf(peer: NetworkPeer): MapValue[] {
  const value = copy(withoutNulls(peer));
  return isMap(value) ? [value] : [];
}

function tcp(port: number): MapValue {
  return { port, protocol: 'TCP' };
}
