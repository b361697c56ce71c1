import { type Resources, wholeUnits } from '../api/index.ts';

const MIB = 1024n ** 2n;
const GIB = 1024n ** 3n;

/** The store's capacity in TiKV's units, which are called GB and are GiB; 0 is all of the disk. */
export function capacity({ limits }: Resources): string {
  const bytes = limits?.storage === undefined ? undefined : wholeUnits(limits.storage);
  if (bytes === undefined) return '0';
  return bytes % GIB === 0n ? `${bytes / GIB}GB` : `${bytes / MIB}MB`;
}
