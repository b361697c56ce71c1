import { GROUP_COMPONENTS, type GroupComponent } from '../components/index.ts';
import type { Item } from '../list/index.ts';
import { allBy } from '../lookup/index.ts';
import { namesMadeOf } from './names-in-zones.ts';

/** The name of the StatefulSet of a group, or of a TidbCluster. */
export function setOf({ name }: GroupComponent, owner: string): string {
  return `${owner}-${name}`;
}

/** The component whose StatefulSets have names like this one. */
export function componentOfSet(set: string): GroupComponent | undefined {
  return GROUP_COMPONENTS.find(({ name }) => set.endsWith(`-${name}`));
}

/** A group, and where it stands among all: by kind, and then as it is written. */
interface Placed {
  readonly component: GroupComponent;
  readonly name: string;
  readonly index: number;
}

/** The StatefulSets that there are, or will be, in each namespace. Each autoscaler asks for a few. */
export class KnownSets {
  private readonly names = new Set<string>();
  private readonly byNamespace: ReadonlyMap<string, readonly Placed[]>;
  private readonly byComponent: ReadonlyMap<string, readonly Placed[]>;
  private readonly byOwner: ReadonlyMap<string, readonly Placed[]>;

  constructor(items: readonly Item[]) {
    const groups = GROUP_COMPONENTS.flatMap((component) =>
      items
        .filter(({ kind }) => kind === component.group.kind)
        .flatMap((item) => namesMadeOf(item).map((name) => ({ namespace: item.namespace, name, component }))),
    ).map((group, index) => ({ ...group, index }));
    for (const { namespace, name, component } of groups)
      this.names.add(placeOf(namespace, setOf(component, name)));
    for (const { kind, namespace, name } of items) {
      if (kind === 'StatefulSet') this.names.add(placeOf(namespace, name));
      if (kind !== 'TidbCluster') continue;
      for (const component of GROUP_COMPONENTS) this.names.add(placeOf(namespace, setOf(component, name)));
    }
    this.byNamespace = allBy(groups, ({ namespace }) => [namespace]);
    this.byComponent = allBy(groups, ({ namespace, component }) => [placeOf(namespace, component.name)]);
    this.byOwner = allBy(groups, ({ namespace, name }) => [placeOf(namespace, name)]);
  }

  has(namespace: string, set: string): boolean {
    return this.names.has(placeOf(namespace, set));
  }

  /** The first groups that may be meant: those of a component or of a name, or else all of the namespace. */
  likely(namespace: string, { name }: GroupComponent, owner: string, most: number): Placed[] {
    const few = (groups: readonly Placed[] = []) => groups.slice(0, most);
    const same = [
      ...few(this.byComponent.get(placeOf(namespace, name))),
      ...few(this.byOwner.get(placeOf(namespace, owner))),
    ];
    const sorted = [...new Set(same)].sort((a, b) => a.index - b.index);
    return few(sorted.length > 0 ? sorted : this.byNamespace.get(namespace));
  }
}

function placeOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
