import { ROLLOUT, type Rollout } from '../api/index.ts';
import type { Item } from '../list/index.ts';
import { addByOwner, ownerNamed } from './generated.ts';
import type { Settings } from './settings.ts';

type ByOwner = ReadonlyMap<string, readonly Item[]>;

/**
 * How a group is rendered that does not say it itself. One that an earlier render wrote Plain stays so until somebody says
 * otherwise, because its pods would restart.
 */
export class Rollouts {
  private readonly earlier: readonly ByOwner[];

  /** `generated` and `before` are what earlier renders wrote: in the list, by owner, and where this one is to be written. */
  constructor(
    private readonly settings: Settings,
    generated: ByOwner,
    before: readonly Item[],
  ) {
    const overwritten = new Map<string, Item[]>();
    for (const item of before) addByOwner(overwritten, item);
    this.earlier = [generated, overwritten];
  }

  of(group: Item): Rollout {
    const { output, rollout } = this.settings;
    if (output === 'TidbCluster') return 'Plain';
    if (rollout !== undefined) return rollout;
    const owner = ownerNamed(group);
    const wasPlain = this.earlier.some((byOwner) => byOwner.get(owner)?.some(isPlain));
    return wasPlain ? 'Plain' : 'Safe';
  }
}

function isPlain(item: Item): boolean {
  return item.kind === 'StatefulSet' && item.isRead && item.annotation(ROLLOUT) !== 'Safe';
}
