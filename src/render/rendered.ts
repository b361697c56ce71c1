import { GENERATED_BY } from '../api/index.ts';
import { groupsNamedBy } from '../cluster/index.ts';
import type { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { addByOwner, ownerNamed } from './generated.ts';
import { PINGCAP } from './interest.ts';
import { isGroup } from './manifests.ts';

/**
 * Reports what should have been rendered and was not, not wholly, or was renamed since: kustomize skips functions that
 * it was not told to run, with exit status 0; a pipe may be cut off; and a layer above the function may rename what it
 * made, but not what its start scripts say.
 */
export function reportUnrendered(items: readonly Item[], problems: Problems): void {
  const made = new Map<string, Item[]>();
  for (const item of items) if (item.isRead) addByOwner(made, item);
  for (const item of items) if (isGroup(item) && !made.has(ownerNamed(item))) reportGroup(item, problems);
  const named = new Set<string>();
  for (const cluster of items) {
    if (cluster.kind !== 'TidbCluster' || cluster.apiVersion !== PINGCAP) continue;
    for (const { key, ...group } of groupsNamedBy(cluster)) {
      const owner = ownerNamed(group);
      named.add(owner);
      if (!made.has(owner)) reportMissing(cluster, key, owner, problems);
    }
  }
  for (const [owner, parts] of made) reportParts(owner, parts, named.has(owner), problems);
}

function reportGroup(group: Item, problems: Problems): void {
  const message = `this must have been rendered, but the ${group.kind} "${group.name}" is still there and its workloads are not; run the function: \`kustomize build\` needs --enable-alpha-plugins and --enable-exec`;
  problems.add('group-not-expanded', group, ['kind'], message);
}

const AGAIN = 'it was cut off, or put together by hand; render it again';

function reportMissing(cluster: Item, key: string, owner: string, problems: Problems): void {
  const [, kind, name] = owner.split('/');
  const message = `the TidbCluster names the ${kind} "${name}", but nothing that was rendered from it is there: ${AGAIN}`;
  problems.add('render-incomplete', cluster, ['metadata', 'annotations', key], message);
}

/** A group's own workload: without it there are no servers, whatever else there is. */
function reportParts(owner: string, parts: readonly Item[], isNamed: boolean, problems: Problems): void {
  const [, kind, name] = owner.split('/');
  const [first] = parts;
  const main = parts.find((part) => part.kind === 'StatefulSet' || part.kind === 'TidbCluster');
  if (first === undefined) return;
  const mark = ['metadata', 'annotations', GENERATED_BY];
  if (main === undefined) {
    const message = `this was rendered from the ${kind} "${name}", but its StatefulSet is not there: ${AGAIN}`;
    problems.add('render-incomplete', first, mark, message);
    return;
  }
  if (!isNamed) {
    const message = `this was rendered from the ${kind} "${name}", but no TidbCluster is there that names it: ${AGAIN}`;
    problems.add('render-incomplete', first, mark, message);
  }
  const expected = main.kind === 'TidbCluster' ? name : `${name}-${kind === 'TiKVGroup' ? 'tikv' : 'tidb'}`;
  if (main.name === expected) return;
  const message = `\`metadata.name\` is "${main.name}", but the ${kind} "${name}" came out as "${expected}": it was renamed afterwards, and start scripts still have the old names; rename before: run the function in the last kustomization`;
  problems.add('render-renamed', main, ['metadata', 'name'], message);
}
