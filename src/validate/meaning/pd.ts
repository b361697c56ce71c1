import type { TidbCluster } from '../../api/index.ts';
import { PD_PORT } from '../../expand/index.ts';
import type { Item } from '../../list/index.ts';
import { Field, type Problems, type Subject } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import type { Group } from './group-of.ts';

/** Servers join the PD of the TidbCluster that their group names; without one they wait forever. */
export function checkPd(
  { object, origin }: Subject<TidbCluster>,
  groups: readonly Group[],
  items: readonly Item[],
  problems: Problems,
): void {
  const { pd, cluster, pdAddresses, startScriptVersion, startScriptV2FeatureFlags } = object.spec;
  const [first] = groups;
  if (pd || first === undefined) return;
  const isListed = startScriptV2FeatureFlags?.includes('PreferPDAddressesOverDiscovery');
  if (startScriptVersion === 'v2' && isListed && pdAddresses?.length) return;
  const { name, namespace } = origin.id;
  const service = `${name}-pd`;
  const isThere = (item: Item) =>
    item.kind === 'Service' && item.name === service && item.namespace === namespace;
  if (items.some(isThere)) return;
  const instead = cluster
    ? `name the one that it joins: ${show(cluster.name)}`
    : 'give it `spec.pd`, or name another';
  const message = `names the TidbCluster ${show(name)}, which has no PD of its own, so nothing listens at "${service}:${PD_PORT}"; ${instead}`;
  new Field(first.origin, problems, ['spec', 'cluster', 'name']).add('pd-missing', message);
}
