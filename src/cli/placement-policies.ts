import { isGroupKind } from '../components/index.ts';
import { namesMadeOf } from '../gitops/index.ts';
import type { Item } from '../list/index.ts';
import { allBy, firstBy } from '../lookup/index.ts';
import { has, POLICIES_SINCE, type Policy, policiesOf, sqlRelease, storeCount } from '../placement/index.ts';
import { addressOf, titleOf } from '../plan/index.ts';
import type { Path, Problems } from '../problem/index.ts';
import type { Cluster, Servers } from '../system/index.ts';
import { counted } from '../text/index.ts';
import { flowEntries } from '../yaml-write/index.ts';

interface Asked {
  readonly cluster: Cluster;
  readonly maxReplicas: number;
  /** Where groups are that have none. */
  readonly items: readonly Item[];
}

/** The policies of a cluster's groups; what has none is reported. */
export function policiesToPrint({ cluster, maxReplicas, items }: Asked, problems: Problems): Policy[] {
  const { policies, unlike } = policiesOf(cluster, maxReplicas);
  const written = allBy(items, describedBy);
  const report = (servers: Servers, path: Path, message: (item: Item | undefined) => string) => {
    const [item] = written.get(titleOf(servers)) ?? [];
    const text = message(item);
    if (item === undefined) {
      problems.addAt('policy-group', {}, `${servers.kind} ${addressOf(servers)}: ${text}`);
      return;
    }
    problems.add('policy-group', item, path, text);
  };
  // The zones of a group have one policy, or none.
  const groups = firstBy(unlike, ({ kind, namespace, name, zoneOf = name }) =>
    titleOf({ kind, namespace, name: zoneOf }),
  );
  for (const group of groups.values()) report(group, ['spec'], (item) => unlikeOthers(group, item));
  const enough = policies.filter(({ groups, followers }) => {
    const count = storeCount(groups);
    if (count === undefined || count > followers) return true;
    report(groups[0], ['spec', 'replicas'], () => tooFew(count, followers + 1));
    return false;
  });
  const release = sqlRelease(cluster);
  if (enough.length > 0 && release !== undefined && !has(release, POLICIES_SINCE)) {
    const version = `v${release.number.join('.')}`;
    const message = `placement policies need TiDB v6.0, but the SQL servers of TidbCluster ${addressOf(cluster)} are of ${version}; upgrade them first`;
    problems.addAt('policy-constraint', {}, message);
  }
  return enough;
}

function tooFew(stores: number, replicas: number): string {
  return (
    `a placement policy keeps ${replicas} replicas, each on a store of its own, but the group has ${counted(stores, 'store')}, ` +
    'so there is no policy for it; add stores, or let it share one with other groups, whose stores all have a label `group` of the same value ' +
    '(`config.server.labels.group`)'
  );
}

function unlikeOthers({ kind, name }: Servers, item: Item | undefined): string {
  const way =
    kind === 'TidbCluster'
      ? `add one, such as \`${flowEntries({ config: { server: { labels: { group: name } } } })}\``
      : `write \`groupLabel: true\`, which gives them the label \`group: ${item?.name ?? name}\``;
  return `its stores have no label that tells them from other stores, so there is no placement policy for them; ${way}`;
}

/** The titles of what is described in a resource: a group with zones is each of them. */
function describedBy(item: Item): string[] {
  const { kind, namespace, name } = item;
  const names = item.isRead && isGroupKind(kind) ? namesMadeOf(item) : [name];
  return names.map((one) => titleOf({ kind, namespace, name: one }));
}
