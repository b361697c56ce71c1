import { GENERATED_BY } from '../api/index.ts';
import type { Delivery } from '../gitops/index.ts';
import { fileOf, placeNextTo } from '../krm/index.ts';
import { type Changes, type Item, metadataOf, withAnnotations } from '../list/index.ts';
import type { MapValue } from '../yaml/index.ts';
import type { Edit } from '../yaml-write/index.ts';
import type { Gathered } from './gather.ts';
import { markOf, ownerNamed, ownersOf, roleOf, saysTheSame, toolAnnotations } from './generated.ts';
import type { Positions } from './place.ts';

/** The resources of groups, usually of one. `stem` ends the name of the file that they go to. */
export interface Made extends Delivery {
  readonly stem: string;
}

/** Collects the changes of a list. */
export class Outcome implements Changes {
  readonly edits = new Map<Item, Edit[]>();
  readonly replacements = new Map<Item, MapValue>();
  readonly drops = new Set<Item>();
  readonly additions = new Map<Item, MapValue[]>();

  constructor(
    /** What it is made from. */
    readonly gathered: Gathered,
    private readonly positions: Positions,
  ) {}

  edit(item: Item, edits: readonly Edit[]): void {
    if (edits.length > 0) this.edits.set(item, [...(this.edits.get(item) ?? []), ...edits]);
  }

  /**
   * Adds the resources of groups, next to the first of them: each resource takes the place of the one that an earlier
   * render made for the same role, and leaves it alone where it says the same already.
   */
  generate(
    { groups, stem, resources }: Pick<Made, 'groups' | 'stem' | 'resources'>,
    earlier: readonly Item[],
  ): void {
    const [group] = groups;
    if (group === undefined) return;
    const mark = groups.map(markOf).join(',');
    const left = new Map<string, Item>();
    for (const item of earlier) {
      const role = roleOf(item.kind, item.name);
      if (left.has(role)) this.drops.add(item);
      else left.set(role, item);
    }
    for (const resource of resources) {
      const marked = withAnnotations(resource, { [GENERATED_BY]: mark });
      const role = roleOf(String(resource.kind), String(metadataOf(resource).name));
      const old = left.get(role);
      left.delete(role);
      if (old === undefined) this.add(group, stem, marked);
      else if (!saysTheSame(old, marked))
        this.replacements.set(old, withAnnotations(marked, toolAnnotations(old)));
    }
    for (const item of left.values()) this.drops.add(item);
  }

  /** Drops the output of groups that no longer exist. */
  dropLeftovers(generated: ReadonlyMap<string, readonly Item[]>, groups: readonly Item[]): void {
    const current = new Set(groups.map(ownerNamed));
    for (const items of generated.values()) {
      for (const item of items) if (!ownersOf(item).some((owner) => current.has(owner))) this.drops.add(item);
    }
  }

  private add(group: Item, stem: string, resource: MapValue): void {
    const placed = placeNextTo(group, stem, 0);
    const file = fileOf((key) => placed[key]);
    const annotations = file === undefined ? {} : placeNextTo(group, stem, this.positions.take(file));
    const whole = withAnnotations(resource, annotations);
    const added = this.additions.get(group);
    if (added === undefined) this.additions.set(group, [whole]);
    else added.push(whole);
  }
}
