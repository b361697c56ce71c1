import type { Problems } from '../problem/index.ts';
import type { Item } from './item.ts';
import type { Interest } from './list.ts';

/** For those who look into every resource. */
export const EVERYTHING: Interest = { reads: () => true, names: () => true, markers: [] };

/** Whether it says what kind of resource it is. */
export function isResource({ apiVersion, kind }: Item): boolean {
  return kind !== '' && apiVersion !== '';
}

/** `otherwise` is what else to do than to add what is missing. */
export function reportNoResource(item: Item, otherwise: string, problems: Problems): void {
  const missing = item.apiVersion === '' ? 'apiVersion' : 'kind';
  const message = `must be a Kubernetes resource, but has no \`${missing}\`; add it, or ${otherwise}`;
  problems.addAt('not-a-resource', item.locate([], 'key'), message);
}
