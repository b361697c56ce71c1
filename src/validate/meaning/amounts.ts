import { type Amounts, wholeUnits } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { nearest } from '../structure/nearest.ts';
import { show } from '../structure/show.ts';
import { textOf } from '../structure/written.ts';

const KNOWN = ['cpu', 'memory', 'storage', 'ephemeral-storage'];

/** Whether there is such a resource: other vendors' resources have a domain name before a slash. */
function isResource(name: string): boolean {
  return KNOWN.includes(name) || name.startsWith('hugepages-') || name.includes('/');
}

/** The resource that a wrong name probably means. */
export function meantResource(name: string): string | undefined {
  return isResource(name) ? undefined : nearest(name, KNOWN);
}

/** The names of resources, which the type of a map does not check, and amounts that are not whole bytes. */
export function checkAmounts(amounts: Amounts | undefined, at: Field): void {
  for (const [name, amount] of Object.entries(amounts ?? {})) {
    // As everywhere, these count as "not set".
    if (amount === null || amount === '') continue;
    if (!isResource(name)) {
      const meant = meantResource(name);
      const others = 'other resources have full names, such as `example.com/gpu`';
      const advice = meant === undefined ? others : `did you mean \`${meant}\`? (${others})`;
      at.to(name).add('field-unknown', `is not a resource of Kubernetes; ${advice}`, 'key');
    } else if (/^(?:memory|storage|ephemeral-storage)$/.test(name) && wholeUnits(amount) === undefined) {
      const here = at.to(name);
      const text = textOf(amount, here);
      const advice = text.endsWith('m')
        ? `"m" means thousandths; did you mean ${show(`${text.slice(0, -1)}Mi`)}?`
        : 'write a larger unit with fewer digits';
      here.add('quantity', `must be a whole number of bytes, but ${show(text)} is not; ${advice}`);
    }
  }
}
