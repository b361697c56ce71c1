import { GENERATED_BY } from '../api/index.ts';
import { isWrittenBack } from '../krm/index.ts';
import type { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { ownerNamed, ownersMadeOf, ownersOf } from './generated.ts';
import { isGroup } from './manifests.ts';

/**
 * Whether everything was rendered before and stays unchanged: a rendered stream no longer has groups. A package keeps
 * them, so the rest of a deleted group is deleted too, and whoever deleted it sees that.
 */
export function wereRendered(
  groups: readonly Item[],
  generated: ReadonlyMap<string, readonly Item[]>,
): boolean {
  return groups.length === 0 && generated.size > 0 && ![...generated.values()].flat().some(isWrittenBack);
}

/**
 * Reports what was rendered from groups that are not there while others are: outside a package nobody would see it
 * go, and an engine would prune it.
 */
export function reportLeftovers(items: readonly Item[], problems: Problems): void {
  const read = items.filter(({ isRead }) => isRead);
  if (!read.some(isGroup)) return;
  const owning = new Set(
    read.flatMap((item) =>
      isGroup(item) ? ownersMadeOf(item) : item.kind === 'TidbCluster' ? [ownerNamed(item)] : [],
    ),
  );
  const reported = new Set<string>();
  for (const item of read) {
    const owners = ownersOf(item);
    const [owner = ''] = owners;
    if (owner === '' || owners.some((name) => owning.has(name)) || reported.has(owner) || isWrittenBack(item))
      continue;
    reported.add(owner);
    const [, kind, name] = owner.split('/');
    const message = `this was rendered from the ${kind} "${name}", which is missing, while other groups are present; add the ${kind}, or, if you deleted it on purpose, remove this`;
    problems.add('group-not-found', item, ['metadata', 'annotations', GENERATED_BY], message);
  }
}
