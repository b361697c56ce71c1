import { isToolAnnotation, TOOL_MARKERS } from '../krm/index.ts';
import type { Source } from '../yaml/index.ts';
import { dedent, type Edit, jsonForYaml, writeMap } from '../yaml-write/index.ts';
import type { Item } from './item.ts';
import type { Piece } from './piece.ts';

/**
 * A resource as a document of its own, ready for `kubectl apply`; ends with a newline where it did. One that was not
 * read holds none of `TOOL_MARKERS`.
 */
export function manifestOf(item: Item, edits: readonly Edit[]): Piece {
  const text = written(item, edits);
  return (isInJson(item) && jsonForYaml(textOf(text))) || text;
}

/** kubectl reads a whole stream as JSON that begins so, and nothing else. */
function isInJson({ source }: Item): boolean {
  const known = IN_JSON.get(source);
  const found = known ?? source.text(0, Math.min(source.length, START)).trimStart().startsWith('{');
  if (known === undefined) IN_JSON.set(source, found);
  return found;
}

/** A source may have any number of resources. */
const IN_JSON = new WeakMap<Source, boolean>();

/** More blanks than that before its first character has no file. */
const START = 256;

function textOf(piece: Piece): string {
  return typeof piece === 'string' ? piece : Buffer.from(piece).toString();
}

function written(item: Item, edits: readonly Edit[]): Piece {
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
