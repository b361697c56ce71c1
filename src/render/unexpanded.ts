import type { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { ownerNamed, ownersOf } from './generated.ts';
import { isGroup } from './manifests.ts';

/**
 * Reports groups without workloads in what should have been rendered: kustomize skips functions that it was not told
 * to run, with exit status 0.
 */
export function reportUnexpanded(items: readonly Item[], problems: Problems): void {
  const expanded = new Set(items.flatMap((item) => (item.isRead ? ownersOf(item) : [])));
  for (const item of items) {
    if (!isGroup(item) || expanded.has(ownerNamed(item))) continue;
    const message = `this must have been rendered, but the ${item.kind} "${item.name}" is still there and its workloads are not; run the function: \`kustomize build\` needs --enable-alpha-plugins and --enable-exec`;
    problems.add('group-not-expanded', item, ['kind'], message);
  }
}
