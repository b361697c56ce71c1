import { type Interest, type Item, StreamOpener } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { INTEREST } from '../render/index.ts';

/** A file of manifests: a YAML stream, a ResourceList, or JSON. */
export interface ManifestText {
  /** The file name in problems. The file is not opened. */
  readonly name: string;
  readonly text: string;
}

/** Manifests: one text without a name, or files, which together are one set of resources. */
export type Manifests = string | readonly ManifestText[];

/** The resources in texts. Reports what cannot be read, and what is not a resource. */
export async function open(
  manifests: Manifests,
  problems: Problems,
  interest: Interest = INTEREST,
): Promise<Item[]> {
  const files = typeof manifests === 'string' ? [{ name: undefined, text: manifests }] : manifests;
  const opener = new StreamOpener(interest, problems);
  const items: Item[] = [];
  for (const { name, text } of files) items.push(...(await opener.open(name, Buffer.from(text))));
  for (const item of items) checkResource(item, problems);
  return items;
}

function checkResource(item: Item, problems: Problems): void {
  if (item.kind !== '' && item.apiVersion !== '') return;
  const missing = item.apiVersion === '' ? 'apiVersion' : 'kind';
  const message = `must be a Kubernetes resource, but has no \`${missing}\`; add it, or remove the resource`;
  problems.addAt('not-a-resource', item.locate([], 'key'), message);
}
