import { KUSTOMIZE_ID, PACKAGE } from '../../src/krm/index.ts';
import { type Changes, type ItemList, NO_CHANGES } from '../../src/list/index.ts';
import { CONFIG_API_VERSION, VALIDATOR_KIND } from '../../src/render/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';

/**
 * What a validator gives out where all is well: the input, as it came.
 *
 * kustomize takes an item that comes back for changed, because annotations of its own making differ by then (its issue
 * 5036); what is missing or new it ignores. Not so among its `transformers`, which nobody can tell from here: there, no
 * items make an empty build. So there is one, of a kind that no cluster takes, whose name says where it belongs.
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
