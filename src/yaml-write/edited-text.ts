import { type Node, readBlock, type Source } from '../yaml/index.ts';
import { type Edit, NotInPlace, splicesOf } from './edit.ts';
import { applySplices } from './splice.ts';

/**
 * A resource's text with edits made one after the other, each in what the one before has left; undefined if the text
 * does not allow one in place. `read` is the text's node, where it has been read.
 */
export function editedText(
  original: string,
  read: Node | undefined,
  source: Source,
  edits: readonly Edit[],
): string | undefined {
  let text = original;
  let root = read;
  try {
    for (const edit of edits) {
      root ??= readBlock(text) ?? source.careful?.(text)[0];
      if (root === undefined) return undefined;
      const splices = splicesOf(root, text, edit);
      if (splices.length === 0) continue;
      text = applySplices(text, splices);
      root = undefined;
    }
    return text;
  } catch (error) {
    if (error instanceof NotInPlace) return undefined;
    throw error;
  }
}
