import type { GroupKind, GroupKinds } from '../api/index.ts';
import type { Expansion } from '../expand/index.ts';
import type { GroupComponent } from './component.ts';
import { byKind } from './registry.generated.ts';

type ByKind = { readonly [Kind in GroupKind]: GroupComponent<Kind> };
type Loaded = { [Kind in GroupKind]?: Expansion<GroupKinds[Kind]['spec']> };

/** How groups are expanded, by kind. Those of most groups are there; others must be loaded before they are wanted. */
export class Expansions {
  private readonly loaded: Loaded = {};

  constructor(private readonly components: ByKind) {}

  async load(kinds: Iterable<GroupKind>): Promise<void> {
    await Promise.all([...new Set(kinds)].map((kind) => this.loadOne(kind)));
  }

  /** The expansion of a kind; one that should have been loaded and was not is a mistake in this program. */
  of<Kind extends GroupKind>(kind: Kind): Expansion<GroupKinds[Kind]['spec']> {
    const { expansion } = this.components[kind].group;
    const its = typeof expansion === 'function' ? this.loaded[kind] : expansion;
    if (its === undefined) throw new Error(`the expansion of ${kind} must be loaded before it is used`);
    return its;
  }

  private async loadOne<Kind extends GroupKind>(kind: Kind): Promise<void> {
    const { expansion } = this.components[kind].group;
    if (typeof expansion === 'function') this.loaded[kind] ??= await expansion();
  }
}

const EXPANSIONS = new Expansions(byKind);

export function expansionOf<Kind extends GroupKind>(kind: Kind): Expansion<GroupKinds[Kind]['spec']> {
  return EXPANSIONS.of(kind);
}

/** Loads what groups of some kinds are expanded by, to be awaited before they are. Default: all kinds. */
export async function loadExpansions(kinds: readonly GroupKind[] = allKinds()): Promise<void> {
  await EXPANSIONS.load(kinds);
}

function allKinds(): GroupKind[] {
  return Object.values(byKind).map(({ group }: GroupComponent) => group.kind);
}
