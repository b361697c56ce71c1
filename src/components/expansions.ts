import type { GroupKind, GroupKinds } from '../api/index.ts';
import type { Drainer, Expansion } from '../expand/index.ts';
import type { GroupComponent } from './component.ts';
import { byKind } from './registry.generated.ts';

type ByKind = { readonly [Kind in GroupKind]: GroupComponent<Kind> };
type Loaded = { [Kind in GroupKind]?: Expansion<GroupKinds[Kind]['spec']> };
type Drainers = { [Kind in GroupKind]?: Drainer<GroupKinds[Kind]['spec']> };

/** How groups are expanded, by kind. Those of most groups are there; others must be loaded before they are wanted. */
export class Expansions {
  private readonly loaded: Loaded = {};
  private readonly drainers: Drainers = {};

  constructor(private readonly components: ByKind) {}

  async load(kinds: Iterable<GroupKind>): Promise<void> {
    await forEach(kinds, (kind) => this.loadOne(kind));
  }

  /** What drains groups; to be loaded only where some are drained. */
  async loadDrainers(kinds: Iterable<GroupKind>): Promise<void> {
    await forEach(kinds, (kind) => this.loadDrainer(kind));
  }

  /** What drains groups of a kind; undefined where nothing does, or it was not loaded. */
  drainer<Kind extends GroupKind>(kind: Kind): Drainer<GroupKinds[Kind]['spec']> | undefined {
    return this.drainers[kind];
  }

  private async loadDrainer<Kind extends GroupKind>(kind: Kind): Promise<void> {
    const { drainer } = this.components[kind].group;
    if (drainer !== undefined) this.drainers[kind] ??= await drainer();
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

async function forEach(kinds: Iterable<GroupKind>, load: (kind: GroupKind) => Promise<void>): Promise<void> {
  await Promise.all([...new Set(kinds)].map(load));
}

const EXPANSIONS = new Expansions(byKind);

export function expansionOf<Kind extends GroupKind>(kind: Kind): Expansion<GroupKinds[Kind]['spec']> {
  return EXPANSIONS.of(kind);
}

/** Loads what groups of some kinds are expanded by, and drained. To be awaited before they are. Default: all kinds. */
export async function loadExpansions(
  kinds: readonly GroupKind[] = allKinds(),
  drained: readonly GroupKind[] = kinds,
): Promise<void> {
  await EXPANSIONS.load(kinds);
  await EXPANSIONS.loadDrainers(drained);
}

export function drainerOf<Kind extends GroupKind>(kind: Kind): Drainer<GroupKinds[Kind]['spec']> | undefined {
  return EXPANSIONS.drainer(kind);
}

function allKinds(): GroupKind[] {
  return Object.values(byKind).map(({ group }: GroupComponent) => group.kind);
}
