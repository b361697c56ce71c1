import type { TidbCluster } from '../../api/index.ts';
import { byName } from '../../components/index.ts';
import { PD_PORT } from '../../expand/index.ts';
import type { Item } from '../../list/index.ts';
import { Field, type Problems, type Subject } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import type { Group } from './group-of.ts';

/** Whether a Service is among the resources, which are looked through only if that is asked. */
export type HasService = (namespace: string, name: string) => boolean;

export function servicesAmong(items: readonly Item[]): HasService {
  let titles: ReadonlySet<string> | undefined;
  return (namespace, name) => {
    titles ??= new Set(
      items.filter(({ kind }) => kind === 'Service').map((item) => `${item.namespace}/${item.name}`),
    );
    return titles.has(`${namespace}/${name}`);
  };
}

/** Servers join the PD of the TidbCluster that their group names; without one they wait forever. */
export function checkPd(
  { object, origin }: Subject<TidbCluster>,
  groups: readonly Group[],
  hasService: HasService,
  problems: Problems,
): void {
  const { pd, cluster, pdAddresses, startScriptVersion, startScriptV2FeatureFlags } = object.spec;
  const [first, ...more] = groups;
  if (first === undefined) return;
  const running = groupsLeftRunning(object, groups);
  if (pd && pd.replicas > 0 && running.length === 0) return;
  const isListed = startScriptV2FeatureFlags?.includes('PreferPDAddressesOverDiscovery');
  if (startScriptVersion === 'v2' && isListed && pdAddresses?.length) return;
  const { name, namespace } = origin.id;
  const service = `${name}-pd`;
  if (hasService(namespace, service)) return;
  const address = `${service}:${PD_PORT}`;
  if (pd) {
    const at = new Field(origin, problems, ['spec', byName.pd.name]);
    if (pd.replicas > 0) {
      const message = `stops PD, so nothing answers at "${address}", where the servers of ${listed(running)} look for it; suspend these too, or remove it`;
      at.to('suspendAction').add('pd-missing', message);
    } else {
      const message = `is "0", so nothing listens at "${address}", where the servers of ${listed(groups)} look for PD; run 1 or more, 3 in production`;
      at.to('replicas').add('pd-missing', message);
    }
    return;
  }
  const instead = cluster
    ? `name the one that it joins: ${show(cluster.name)}`
    : 'give it `spec.pd`, or name another';
  const others = more.length === 0 ? '' : ` (so ${more.length === 1 ? 'does' : 'do'} ${listed(more)})`;
  const message = `names the TidbCluster ${show(name)}${others}, which has no PD of its own, so nothing listens at "${address}"; ${instead}`;
  new Field(first.origin, problems, ['spec', 'cluster', 'name']).add('pd-missing', message);
}

/** The groups that run while PD is suspended by itself. What suspends the TidbCluster suspends its groups, too. */
function groupsLeftRunning({ spec }: TidbCluster, groups: readonly Group[]): readonly Group[] {
  if (!spec.pd?.suspendAction?.suspendStatefulSet) return [];
  return groups.filter(({ object }) => {
    const { suspendAction } = object.spec;
    return !(suspendAction ?? spec.suspendAction)?.suspendStatefulSet && object.spec.replicas > 0;
  });
}

const MOST_NAMED = 3;

function listed(groups: readonly Group[]): string {
  const names = groups.slice(0, MOST_NAMED).map(({ origin: { id } }) => `${id.kind} ${show(id.name)}`);
  const rest = groups.length - names.length;
  return rest === 0 ? names.join(', ') : `${names.join(', ')} and ${rest} more`;
}
