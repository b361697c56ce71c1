import { type Interest, type Item, isResource, reportNoResource, StreamOpener } from '../list/index.ts';
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
  for (const item of items) if (!isResource(item)) reportNoResource(item, 'remove the resource', problems);
  return items;
}
