import { isToolAnnotation, TOOL_MARKERS } from '../krm/index.ts';
import { dedent, type Edit, writeMap } from '../yaml-write/index.ts';
import type { Item } from './item.ts';
import type { Piece } from './piece.ts';

/**
 * A resource as a document of its own, ready for `kubectl apply`; ends with a newline where it did. One that was not
 * read holds none of `TOOL_MARKERS`.
 */
export function manifestOf(item: Item, edits: readonly Edit[]): Piece {
  const isMarked = item.isRead && TOOL_MARKERS.some((marker) => item.mentions(marker));
  const all = isMarked ? [...withoutToolAnnotations(item), ...edits] : edits;
  if (item.leansOnOthers) return writeMap(item.editedObject(all));
  if (item.form === 'document' && all.length === 0) return item.source.piece(item.start, item.end);
  const text = item.editedText(all);
  const plain = text === undefined ? undefined : dedent(text, item.column);
  return plain ?? writeMap(item.editedObject(all));
}

function withoutToolAnnotations(item: Item): Edit[] {
  return Object.keys(item.annotations())
    .filter(isToolAnnotation)
    .map((key) => ({ path: ['metadata', 'annotations'], remove: [key] }));
}
