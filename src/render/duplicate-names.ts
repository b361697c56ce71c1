import type { Item } from '../list/index.ts';
import { inFile, type Problems } from '../problem/index.ts';

/** Reports resources with the name of another one of their kind and namespace. */
export class DuplicateNames {
  private readonly seen = new Map<string, Item>();

  check(item: Item, problems: Problems): void {
    if (item.name === '') return;
    const key = `${item.kind}/${item.namespace}/${item.name}`;
    const other = this.seen.get(key);
    if (other === undefined) {
      this.seen.set(key, item);
      return;
    }
    const where = inFile(other.locate(['metadata', 'name'], 'value'));
    const message = `\`metadata.name\` is "${item.name}", as in another ${item.kind} of the same namespace${where}; remove or rename one of them`;
    problems.add('duplicate-resource', item, ['metadata', 'name'], message);
  }
}
