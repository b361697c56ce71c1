import type { MapValue } from '../yaml/index.ts';
import type { Edit } from '../yaml-write/index.ts';
import type { Item } from './item.ts';

/** What becomes of a list: all that is not named here stays as it is. */
export interface Changes {
  readonly edits: ReadonlyMap<Item, readonly Edit[]>;
  readonly replacements: ReadonlyMap<Item, MapValue>;
  readonly drops: ReadonlySet<Item>;
  /** New resources, by the item that they follow. */
  readonly additions: ReadonlyMap<Item, readonly MapValue[]>;
}

export const NO_CHANGES: Changes = {
  edits: new Map(),
  replacements: new Map(),
  drops: new Set(),
  additions: new Map(),
};
