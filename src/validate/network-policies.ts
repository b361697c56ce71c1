import { Field, type Problems } from '../problem/index.ts';
import type { GroupInCluster } from './pods.ts';

/**
 * Adds a problem for whoever a group's `networkPolicy` lets in as Kubernetes would not have it. The checks are loaded only if
 * a group has one, which is rare.
 */
export async function checkNetworkPolicies(
  groups: readonly GroupInCluster[],
  problems: Problems,
): Promise<void> {
  const policed = groups.flatMap(({ group: { object, origin } }) => {
    const { networkPolicy } = object.spec;
    return networkPolicy ? [{ networkPolicy, origin }] : [];
  });
  if (policed.length === 0) return;
  const { checkNetworkPeers } = await import('./meaning/network-peers.ts');
  for (const { networkPolicy, origin } of policed) {
    const at = new Field(origin, problems, ['spec', 'networkPolicy']);
    checkNetworkPeers(networkPolicy.clients, at.to('clients'));
    checkNetworkPeers(networkPolicy.monitoring, at.to('monitoring'));
  }
}
