import { GENERATED_BY } from '../api/index.ts';
import type { Item } from '../list/index.ts';

/** The resources of one kind that users wrote. What a render made is read, wherever it is, because of its mark. */
export function ownResources(items: readonly Item[], apiGroup: string, kind: string): Item[] {
  return items.filter(
    (item) =>
      item.kind === kind &&
      item.apiVersion.startsWith(apiGroup) &&
      (!item.isRead || item.annotation(GENERATED_BY) === undefined),
  );
}
