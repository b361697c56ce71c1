import { historyOf } from '../krm/index.ts';
import type { Item } from '../list/index.ts';
import type { Origin, Problems } from '../problem/index.ts';
import { type Reference, referenceOf } from './reference.ts';
import { type Candidate, TIERS } from './tiers.ts';

/** What problems reported so far may hide. */
interface Hidden {
  /** How many of them have been looked at. */
  looked: number;
  /** Whether a resource of any name may be. */
  anything: boolean;
  readonly names: Set<string>;
  /** Resources whose namespace is not known, because a field that may be it has a name that nobody knows. */
  readonly unplaced: Set<Origin>;
}

/** Finds the TidbCluster of each group, even after kustomize has renamed and moved clusters. */
export class ClusterResolver {
  private readonly clusters: readonly Candidate[];
  private readonly byName = new Map<string, Candidate[]>();
  /** Where a cluster with a name is. */
  private readonly namespaces = new Set<string>();
  private readonly resolved = new Map<Item, Item | undefined>();
  private readonly hidden: Hidden = { looked: 0, anything: false, names: new Set(), unplaced: new Set() };

  constructor(
    clusters: readonly Item[],
    private readonly problems: Problems,
  ) {
    this.clusters = clusters.map((item) => ({ item, history: historyOf(item) }));
    for (const candidate of this.clusters) {
      if (candidate.item.name !== '') this.namespaces.add(candidate.item.namespace);
      for (const name of new Set([candidate.item.name, ...candidate.history.previousNames])) {
        const named = this.byName.get(name);
        if (named === undefined) this.byName.set(name, [candidate]);
        else named.push(candidate);
      }
    }
  }

  /** The cluster of a group, or undefined after a problem was reported. */
  resolve(group: Item): Item | undefined {
    if (!this.resolved.has(group)) this.resolved.set(group, this.resolveAnew(group));
    return this.resolved.get(group);
  }

  /** Says that a group is in the place of another one, and so of the same cluster. */
  resolveAs(group: Item, other: Item): void {
    this.resolved.set(group, this.resolve(other));
  }

  private resolveAnew(group: Item): Item | undefined {
    const reference = referenceOf(group, this.problems);
    if (reference === undefined) return undefined;
    const found = this.find(group, reference);
    if (found.length > 1) return this.ambiguous(group, reference, found);
    return found[0]?.item ?? this.notFound(group, reference);
  }

  /** The cluster that another kind of resource names, if it exists and is certain. */
  lookUp(from: Item, name: string, namespace: string): Item | undefined {
    const found = this.find(from, { name, namespace, path: [] });
    return found.length === 1 ? found[0]?.item : undefined;
  }

  private find(from: Item, reference: Reference): readonly Candidate[] {
    const named = this.byName.get(reference.name) ?? [];
    const history = historyOf(from);
    for (const matches of TIERS) {
      const found = named.filter((candidate) => matches(candidate, reference, from, history));
      if (found.length > 0) return found;
    }
    return [];
  }

  /** Whether a cluster has this name, or had it before kustomize; a namespace that is not written fits any. */
  isKnown(name: string, namespace: string): boolean {
    const named = this.byName.get(name) ?? [];
    return named.some(
      ({ item, history }) =>
        ['', item.namespace, ...history.previousNamespaces].includes(namespace) || item.namespace === '',
    );
  }

  /** Whether a reported problem hides the cluster with this name: then it will exist once that is fixed. */
  mayBeLost(name: string, namespace: string): boolean {
    const { hidden } = this;
    const all = this.problems.all;
    for (; hidden.looked < all.length; hidden.looked++) {
      const { code, severity, origin, path = [] } = all[hidden.looked] ?? {};
      const isNameless = origin?.id.kind === 'TidbCluster' && origin.id.name === '';
      const isHead = path.length === 1 && (path[0] === 'kind' || path[0] === 'apiVersion');
      const isBeside = path.length === 1 || (path.length === 2 && path[0] === 'metadata');
      if (code?.startsWith('field-unknown') && isBeside && origin !== undefined) hidden.unplaced.add(origin);
      if (code === 'broken-yaml' || isNameless) hidden.anything = true;
      else if (severity === 'error' && isHead && origin !== undefined) hidden.names.add(origin.id.name);
    }
    return hidden.names.has(name) || (hidden.anything && !this.namespaces.has(namespace));
  }

  /** The clusters that there are, as a message to the writer of a resource lists them; empty if there are none. */
  names(from: Item): string {
    const changes = historyOf(from).previousNames.length;
    const named = this.clusters.slice(0, MOST_NAMED);
    // Overlays of one base have one name there.
    const names = new Set(named.map((one) => quotedName(nameBefore(one, changes))));
    const more = this.clusters.length - named.length;
    return [...names].join(', ') + (more > 0 ? ` and ${more} more` : '');
  }

  /** If only the namespace differs, that is what to fix. */
  private namespaceAdvice(group: Item, { name, namespace }: Reference): string | undefined {
    const [found, ...more] = (this.byName.get(name) ?? []).map(({ item }) => item);
    if (found?.name !== name || more.length > 0) return undefined;
    if (found.namespace !== '') {
      return `it is in namespace "${found.namespace}": write that as \`spec.cluster.namespace\``;
    }
    const where = namespace === '' ? group.namespace : namespace;
    const other = namespace === '' ? 'remove it from the group' : 'leave out `spec.cluster.namespace`';
    return `there is one without a namespace: write \`namespace: ${where}\` in its \`metadata\`, or ${other}`;
  }

  private ambiguous(group: Item, reference: Reference, found: readonly Candidate[]): undefined {
    // Two clusters of one name are reported as such.
    if (new Set(found.map(({ item }) => `${item.namespace}/${item.name}`)).size === 1) return undefined;
    const names = found.map(({ item }) => quotedName(item)).join(' and ');
    const message = `\`${reference.path.join('.')}\` is "${reference.name}", which could be ${names}; write the name that the cluster has after kustomize, or run the function in the kustomization that renames`;
    this.problems.add('cluster-ambiguous', group, reference.path, message);
    return undefined;
  }

  private notFound(group: Item, reference: Reference): undefined {
    const where = reference.namespace || group.namespace;
    if (this.mayBeLost(reference.name, where)) return undefined;
    if (where === '' && this.byName.has(reference.name) && this.hidden.unplaced.has(group)) return undefined;
    const wanted = where === '' ? `"${reference.name}"` : `"${reference.name}" in namespace "${where}"`;
    const known = this.names(group);
    const instead = this.namespaceAdvice(group, reference) ?? advice(known);
    const message = `\`${reference.path.join('.')}\` must name a TidbCluster, but ${wanted} does not exist; ${instead}`;
    this.problems.add('cluster-not-found', group, reference.path, message);
    return undefined;
  }
}

function advice(known: string): string {
  return known === ''
    ? 'there is no TidbCluster among the resources: add it to the same build'
    : `the resources have ${known}: name one of them`;
}

const MOST_NAMED = 10;

/**
 * What a cluster was called so many changes of kustomize ago: in the layer where a resource that went through these is
 * written. Its name in the build is that of one overlay, and would be wrong in all others.
 */
function nameBefore({ item, history }: Candidate, changes: number): Pick<Item, 'name' | 'namespace'> {
  const { previousNames, previousNamespaces } = history;
  const at = Math.max(previousNames.length - changes, 0);
  const name = previousNames[at];
  if (name === undefined) return item;
  return { name, namespace: previousNamespaces[at] ?? item.namespace };
}

function quotedName({ name, namespace }: Pick<Item, 'name' | 'namespace'>): string {
  return namespace === '' ? `"${name}"` : `"${name}" (namespace "${namespace}")`;
}
