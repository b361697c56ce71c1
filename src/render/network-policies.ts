import type { GroupOutput } from '../api/index.ts';
import { COMPONENTS } from '../components/index.ts';
import { ownResources, withoutExisting } from '../existing/index.ts';
import type { Item } from '../list/index.ts';
import { allBy, firstBy } from '../lookup/index.ts';
import { policyOf } from '../network/index.ts';
import { Field, type Origin, type Problems } from '../problem/index.ts';
import { listed } from '../text/index.ts';
import type { Joined } from '../validate/index.ts';
import { type MapValue, textAt } from '../yaml/index.ts';
import type { Expanded } from './expanded.ts';
import { homesOf, type JoiningCluster } from './joining.ts';
import { type Offered, withOffered } from './offered.ts';
import type { Made } from './outcome.ts';

/** What NetworkPolicies are made for. */
export interface Connected {
  readonly output: GroupOutput;
  readonly copyMetadata: boolean;
  /** Those of which only a part is sound, too: who has which addresses counts for the others. */
  readonly together: readonly Expanded[];
  readonly made: readonly Made[];
  readonly clusters: readonly JoiningCluster[];
}

/** What was rendered, with a NetworkPolicy for each group that asks for one, but for those that a user has. */
export function withNetworkPolicies(
  connected: Connected,
  items: readonly Item[],
  problems: Problems,
): Made[] {
  const { together, made, output, copyMetadata } = connected;
  const surroundings = surroundingsOf(connected);
  const offers = together.flatMap((one): Offered[] => {
    const { item, group, cluster, workloads } = one;
    const settings = group.object.spec.networkPolicy;
    const around = surroundings.get(cluster.origin);
    if (!settings || around === undefined) return [];
    const at = new Field(group.origin, problems, ['spec', 'networkPolicy']);
    reportHidden(one, around, at);
    const resource = policyOf(group.object, workloads, {
      others: around.namespaces.filter((name) => name !== '' && name !== item.namespace),
      isOperated: output === 'TidbCluster',
    });
    if (resource === undefined) return [];
    return [{ item, resource, origin: group.origin, path: ['spec', 'networkPolicy'] }];
  });
  const theirs = firstBy(ownResources(items, 'networking.k8s.io/', 'NetworkPolicy'), keyOf);
  const left = withoutExisting(
    offers,
    ({ item: { namespace }, resource }) => {
      const item = theirs.get(keyOf({ namespace, name: nameOf(resource) }));
      return item && { item, does: 'has its name' };
    },
    problems,
  );
  return withOffered(made, left, copyMetadata);
}

function keyOf({ namespace, name }: Pick<Item, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

function nameOf(resource: MapValue): string {
  return textAt(resource, 'metadata', 'name');
}

/** What is around the servers of a group, in all of their cluster. */
interface Surroundings {
  /** Sorted. */
  readonly namespaces: readonly string[];
  /** Servers that have the addresses of their nodes, for messages. */
  readonly onNodes: readonly string[];
}

/** By TidbCluster: those that join one share what is around them. */
function surroundingsOf({ together, clusters }: Connected): Map<Origin, Surroundings> {
  const homeOf = homesOf(clusters);
  const parts = [
    ...clusters.map((one) => ({ home: homeOf(one), namespace: one.item.namespace, onNodes: onNodes(one) })),
    ...together.map(({ item, group: { object }, cluster }) => {
      const isOnNodes = object.spec.hostNetwork ?? cluster.object.spec.hostNetwork;
      const named = isOnNodes ? [`the ${item.kind} "${item.name}"`] : [];
      return { home: homeOf(cluster), namespace: item.namespace, onNodes: named };
    }),
  ];
  const found = new Map<Origin, Surroundings>();
  for (const [home, its] of allBy(parts, (part) => [part.home])) {
    const namespaces = [...new Set(its.map(({ namespace }) => namespace))].sort();
    found.set(home, { namespaces, onNodes: its.flatMap((part) => part.onNodes) });
  }
  return new Map(
    clusters.flatMap((one) => {
      const its = found.get(homeOf(one));
      return its === undefined ? [] : [[one.origin, its]];
    }),
  );
}

function onNodes({ object: { spec }, item }: JoiningCluster): string[] {
  return COMPONENTS.filter(({ name }) => spec[name] && (spec[name].hostNetwork ?? spec.hostNetwork)).map(
    ({ title }) => `${title} of the TidbCluster "${item.name}"`,
  );
}

const ADVICE =
  'write a NetworkPolicy of your own beside it that lets in their addresses, since policies add up';
const MOST_NAMED = 5;

/** Whose addresses are those of nodes, or of another Kubernetes: no selector finds them. */
function reportHidden({ group, cluster }: Joined, { onNodes: all }: Surroundings, at: Field): void {
  const { spec } = cluster.object;
  if (group.object.spec.hostNetwork ?? spec.hostNetwork) {
    const message =
      'has no effect, because the pods use the network of their nodes (`hostNetwork`), where no NetworkPolicy holds; remove it, or `hostNetwork`';
    at.add('no-effect', message, 'key');
    return;
  }
  if (all.length > 0) {
    const named = listed([...all.slice(0, MOST_NAMED), ...(all.length > MOST_NAMED ? ['others'] : [])]);
    const message = `keeps out the pods of ${named}, which have the addresses of their nodes (\`hostNetwork\`); ${ADVICE}`;
    at.add('network-policy-peer', message, 'key');
  }
  if (spec.acrossK8s) {
    const message = `keeps out the servers in other Kubernetes clusters (\`acrossK8s\`), whose pods no selector finds; ${ADVICE}`;
    at.add('network-policy-peer', message, 'key');
  }
}
