import { ROLLOUT, type Rollout } from '../api/index.ts';
import type { Item } from '../list/index.ts';
import { addByOwner, ownerNamed } from './generated.ts';
import type { Settings } from './settings.ts';

/** What stands for the zones of the group that an item stands for. */
type ZonesOf = (group: Item) => readonly Item[];

type ByOwner = ReadonlyMap<string, readonly Item[]>;

/**
 * How a group is rendered that does not say it itself. One that an earlier render wrote Plain stays so until somebody says
 * otherwise, because its pods would restart; a zone that is new is rendered as the other zones of its group are.
 */
export class Rollouts {
  private readonly earlier: readonly ByOwner[];
  private readonly found = new Map<readonly Item[], boolean>();

  /**
   * `generated` and `before` are what earlier renders wrote: in the list, by owner, and where this one is to be written.
   * `zones` has the zones of each group with some.
   */
  constructor(
    private readonly settings: Settings,
    generated: ByOwner,
    before: readonly Item[],
    private readonly zones: ZonesOf = () => [],
  ) {
    const overwritten = new Map<string, Item[]>();
    for (const item of before) addByOwner(overwritten, item);
    this.earlier = [generated, overwritten];
  }

  of(group: Item): Rollout {
    const { output, rollout } = this.settings;
    if (output === 'TidbCluster') return 'Plain';
    if (rollout !== undefined) return rollout;
    const before = this.before(group);
    if (before.length > 0) return before.some(isPlain) ? 'Plain' : 'Safe';
    return this.hasPlain(this.zones(group)) ? 'Plain' : 'Safe';
  }

  /** Whether a group is Plain for no other reason than that an earlier render wrote it so, or other zones of its group. */
  keepsPlain(group: Item): boolean {
    const { output, rollout } = this.settings;
    const isSaid =
      output === 'TidbCluster' || rollout !== undefined || group.annotation(ROLLOUT) !== undefined;
    return !isSaid && this.of(group) === 'Plain';
  }

  /** Whether an earlier render wrote one of these zones Plain: found once for all of them. */
  private hasPlain(zones: readonly Item[]): boolean {
    const known = this.found.get(zones);
    if (known !== undefined) return known;
    const found = zones.some((zone) => this.before(zone).some(isPlain));
    this.found.set(zones, found);
    return found;
  }

  /** The StatefulSets that earlier renders wrote for a group. */
  private before(group: Item): Item[] {
    const owner = ownerNamed(group);
    return this.earlier.flatMap((byOwner) => byOwner.get(owner) ?? []).filter(isSet);
  }
}

function isSet({ kind, isRead }: Item): boolean {
  return kind === 'StatefulSet' && isRead;
}

function isPlain(set: Item): boolean {
  return set.annotation(ROLLOUT) !== 'Safe';
}
