import { ROLLOUT, type Rollout } from '../api/index.ts';
import { byKind, isGroupKind } from '../components/index.ts';
import type { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
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

  /** Whether a group is rendered Safe, as it says itself or as another reason has it. */
  isSafe(group: Item): boolean {
    return hasSafety(group) && (group.annotation(ROLLOUT) ?? this.of(group)) === 'Safe';
  }

  /** Whether a group is Plain for no other reason than that an earlier render wrote it so, or other zones of its group. */
  keepsPlain(group: Item): boolean {
    const { output, rollout } = this.settings;
    const isSaid =
      output === 'TidbCluster' || rollout !== undefined || group.annotation(ROLLOUT) !== undefined;
    return !isSaid && hasSafety(group) && this.of(group) === 'Plain';
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

/** Whether a group can be rendered Safe. */
function hasSafety({ kind }: Item): boolean {
  return isGroupKind(kind) && byKind[kind].group.safety !== undefined;
}

/** Nothing that is written says that these groups are Plain, so nobody would know. */
export function reportKept(groups: Iterable<Item>, problems: Problems): void {
  for (const group of groups) {
    const message = `the group is rendered \`Plain\` and stays so, because an earlier render wrote it so and its pods would restart; for \`Safe\` write \`${ROLLOUT}: Safe\` under \`metadata.annotations\`, or \`rollout: Safe\` in \`spec\` of the function config`;
    problems.add('rollout-kept', group, ['metadata', 'name'], message);
  }
}
