import type { Changes, Edit, Item, MapValue } from '../list/index.ts';
import {
  GENERATED_BY,
  markOf,
  metadataOf,
  roleOf,
  saysTheSame,
  toolAnnotations,
  withAnnotations,
} from './generated.ts';
import { fileOf, type Positions, placeNextTo } from './place.ts';

/** Collects what becomes of a list. */
export class Outcome implements Changes {
  readonly edits = new Map<Item, Edit[]>();
  readonly replacements = new Map<Item, MapValue>();
  readonly drops = new Set<Item>();
  readonly additions = new Map<Item, MapValue[]>();

  constructor(private readonly positions: Positions) {}

  edit(item: Item, edits: readonly Edit[]): void {
    if (edits.length > 0) this.edits.set(item, [...(this.edits.get(item) ?? []), ...edits]);
  }

  /**
   * Puts a group's resources in: each takes the place of the one that an earlier render made for the same role, and
   * leaves it alone where it says the same already.
   */
  generate(group: Item, component: string, resources: readonly MapValue[], earlier: readonly Item[]): void {
    const left = new Map<string, Item>();
    for (const item of earlier) {
      const role = roleOf(item.kind, item.name);
      if (left.has(role)) this.drops.add(item);
      else left.set(role, item);
    }
    for (const resource of resources) {
      const marked = withAnnotations(resource, { [GENERATED_BY]: markOf(group) });
      const role = roleOf(String(resource.kind), String(metadataOf(resource).name));
      const old = left.get(role);
      left.delete(role);
      if (old === undefined) this.add(group, component, marked);
      else if (!saysTheSame(old, marked))
        this.replacements.set(old, withAnnotations(marked, toolAnnotations(old)));
    }
    for (const item of left.values()) this.drops.add(item);
  }

  private add(group: Item, component: string, resource: MapValue): void {
    const placed = placeNextTo(group, component, 0);
    const file = fileOf((key) => placed[key]);
    const annotations = file === undefined ? {} : placeNextTo(group, component, this.positions.take(file));
    const whole = withAnnotations(resource, annotations);
    const added = this.additions.get(group);
    if (added === undefined) this.additions.set(group, [whole]);
    else added.push(whole);
  }
}
