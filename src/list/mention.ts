import type { Source } from '../yaml/index.ts';
import type { Item } from './item.ts';

/** The items whose text holds another text, of ASCII; each source is searched once, however many items it has. */
export function mentioning(items: readonly Item[], text: string): Item[] {
  const held: Item[] = [];
  let source: Source | undefined;
  let found = -1;
  let after = 0;
  for (const item of items) {
    if (item.source !== source || item.start < after) {
      source = item.source;
      found = source.find(text, item.start);
    }
    after = item.end;
    if (found < 0 || found >= item.end) continue;
    if (found < item.start) found = source.find(text, item.start);
    if (found >= item.start && found < item.end) {
      held.push(item);
      found = source.find(text, item.end);
    }
  }
  return held;
}
