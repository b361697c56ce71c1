import type { Item } from '../list/index.ts';
import { firstBy } from '../lookup/index.ts';
import { has, POLICIES_SINCE, type Policy, policiesOf, sqlRelease, storeCount } from '../placement/index.ts';
import { addressOf, titleOf } from '../plan/index.ts';
import type { Path, Problems } from '../problem/index.ts';
import type { Cluster, Servers } from '../system/index.ts';
import { counted } from '../text/index.ts';

interface Asked {
  readonly cluster: Cluster;
  readonly maxReplicas: number;
  /** Where groups are that have none. */
  readonly items: readonly Item[];
}

/** The policies of a cluster's groups; what has none is reported. */
export function policiesToPrint({ cluster, maxReplicas, items }: Asked, problems: Problems): Policy[] {
  const { policies, unlike } = policiesOf(cluster, maxReplicas);
  const written = firstBy(items, titleOf);
  const report = (group: Servers, path: Path, message: string) => {
    const item = written.get(titleOf(group));
    if (item !== undefined) problems.add('policy-group', item, path, message);
    else problems.addAt('policy-group', {}, `${group.kind} ${addressOf(group)}: ${message}`);
  };
  for (const group of unlike) report(group, ['spec'], likeOthers(group));
  const enough = policies.filter(({ groups, followers }) => {
    const count = storeCount(groups);
    if (count === undefined || count > followers) return true;
    report(groups[0], ['spec', 'replicas'], tooFew(count, followers + 1));
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
    'so there is no policy for it; add stores, or give several groups the label `group` in common, and they get one policy'
  );
}

function likeOthers({ name }: Servers): string {
  return (
    'its stores have no label that tells them from other stores, so there is no placement policy for them; add one, such as ' +
    `\`config: {server: {labels: {group: ${name}}}}\``
  );
}
