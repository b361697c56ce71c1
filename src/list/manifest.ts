import { dedent } from './dedent.ts';
import type { Edit } from './edit.ts';
import type { Item } from './item.ts';
import { writeMap } from './write.ts';
import type { Piece } from './write-list.ts';

/**
 * Annotations that kustomize and kpt write on the resources they hand to a function, and take off afterwards.
 * (clients.md of both tools; `config.kubernetes.io/depends-on` and `/origin` are users' own and stay.)
 */
const TOOLS =
  /^(?:internal\.config\.kubernetes\.io\/.*|config\.kubernetes\.io\/(?:index|path|function|package-path|local-config)|config\.k8s\.io\/id|kustomize\.config\.k8s\.io\/.*)$/;

export function isToolAnnotation(key: string): boolean {
  return TOOLS.test(key);
}

/** A resource as a document of its own, ready for `kubectl apply`; ends with a newline. */
export async function manifestOf(item: Item, edits: readonly Edit[]): Promise<Piece> {
  const isMarked = item.mentions('config.kubernetes.io/') || item.mentions('config.k8s.io/');
  const all = isMarked ? [...(await withoutToolAnnotations(item)), ...edits] : edits;
  if (item.leansOnOthers) return writeMap(item.editedObject(all));
  if (item.form === 'document' && all.length === 0) return item.source.piece(item.start, item.end);
  const text = item.editedText(all);
  const plain = text === undefined ? undefined : dedent(text, item.column);
  return plain ?? writeMap(item.editedObject(all));
}

async function withoutToolAnnotations(item: Item): Promise<Edit[]> {
  if (!item.isRead && !item.readQuickly()) {
    const { readDocuments } = await import('./read-events.ts');
    const [root] = readDocuments(item.text());
    if (root !== undefined) item.adopt(root);
  }
  return Object.keys(item.annotations())
    .filter(isToolAnnotation)
    .map((key) => ({ path: ['metadata', 'annotations'], remove: [key] }));
}
