import { growth } from './steps/counted.ts';

/** Items that count how often something of them is read. */
export class LookedAt<Item extends object> {
  reads = 0;
  readonly items: readonly Item[];

  constructor(items: readonly Item[]) {
    this.items = items.map(
      (item) =>
        new Proxy(item, {
          get: (target, key) => {
            this.reads++;
            return Reflect.get(target, key);
          },
        }),
    );
  }
}

/** How much the reads grow from the second of three sizes to the third, of which each is twice the one before. */
export async function growthOfReads(readsOf: (size: number) => number | Promise<number>): Promise<number> {
  return growth([await readsOf(20), await readsOf(40), await readsOf(80)]);
}
