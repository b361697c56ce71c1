import { ROLLOUT, type Rollout } from '../api/index.ts';
import type { Item } from '../list/index.ts';
import { ownerNamed, ownersOf } from './generated.ts';
import type { Settings } from './settings.ts';

/**
 * How a group is rendered that does not say it itself. One that an earlier render wrote Plain stays so until somebody says
 * otherwise, because its pods would restart.
 */
export class Rollouts {
  /** The groups whose StatefulSets an earlier render wrote Plain. */
  private readonly plain: ReadonlySet<string>;

  constructor(
    private readonly settings: Settings,
    earlier: Iterable<Item>,
  ) {
    const plain = new Set<string>();
    for (const item of settings.rollout === undefined ? earlier : []) {
      if (item.kind !== 'StatefulSet' || !item.isRead || item.annotation(ROLLOUT) === 'Safe') continue;
      for (const owner of ownersOf(item)) plain.add(owner);
    }
    this.plain = plain;
  }

  of(group: Item): Rollout {
    const { output, rollout } = this.settings;
    if (output === 'TidbCluster') return 'Plain';
    return rollout ?? (this.plain.has(ownerNamed(group)) ? 'Plain' : 'Safe');
  }
}
