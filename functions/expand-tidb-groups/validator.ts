import { CONFIG_API_VERSION, VALIDATOR_KIND } from '../../src/api/index.ts';
import { KUSTOMIZE_ID, PACKAGE } from '../../src/krm/index.ts';
import { type Changes, type ItemList, NO_CHANGES } from '../../src/list/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';

/**
 * The output of a validator without errors: the unchanged input.
 *
 * kustomize treats every returned item as changed, because annotations that it adds itself differ by then (its issue
 * 5036), and ignores missing and new items. Under `transformers`, which the function cannot detect, no items would mean
 * an empty build. So there is one item, of a kind that no cluster accepts, whose name says where the function belongs.
 */
export function validated(list: ItemList, input: Buffer): Changes {
  const [first] = list.items;
  if (first === undefined || !input.includes(KUSTOMIZE_ID) || input.includes(PACKAGE)) return NO_CHANGES;
  return { ...NO_CHANGES, drops: new Set(list.items), additions: new Map([[first, [MISPLACED]]]) };
}

const MISPLACED: MapValue = {
  apiVersion: CONFIG_API_VERSION,
  kind: VALIDATOR_KIND,
  metadata: { name: 'belongs-under-validators-not-under-transformers' },
};
