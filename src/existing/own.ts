import { GENERATED_BY } from '../api/index.ts';
import type { Item } from '../list/index.ts';

/** Whether no render made it: what one made is always read, because of its mark. */
export function isOwn(item: Item): boolean {
  return !item.isRead || item.annotation(GENERATED_BY) === undefined;
}

/** The resources of one kind that users wrote. */
export function ownResources(items: readonly Item[], apiGroup: string, kind: string): Item[] {
  return items.filter((item) => item.kind === kind && item.apiVersion.startsWith(apiGroup) && isOwn(item));
}
