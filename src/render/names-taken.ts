import { GROUP_COMPONENTS } from '../components/index.ts';
import { type Item, metadataOf } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { ownersOf } from './generated.ts';

interface Claim {
  readonly group: Item;
  readonly kind: string;
  readonly name: string;
}

/** Who owns which name, so that no two groups, and no group and a user or operator, make the same one. */
export class NamesTaken {
  /** What the groups make, by name, and then by kind and namespace: few resources have a name that is asked for. */
  private readonly claims = new Map<string, Map<string, Claim[]>>();
  /** One problem a group is enough: its names all come from its own. */
  private readonly reported = new Set<Item>();

  constructor(
    private readonly problems: Problems,
    /** The group that somebody wrote, of one that stands for one of its zones. */
    private readonly writtenAs: (group: Item) => Item,
  ) {}

  /** Takes the names of a group's resources. */
  claim(group: Item, resources: readonly MapValue[]): void {
    for (const resource of resources) {
      const claim = { group, kind: String(resource.kind), name: String(metadataOf(resource).name) };
      const ofName = this.claims.get(claim.name) ?? new Map<string, Claim[]>();
      this.claims.set(claim.name, ofName);
      const key = keyOf(claim.kind, group.namespace);
      const others = ofName.get(key);
      if (others === undefined) {
        ofName.set(key, [claim]);
        continue;
      }
      const taker = others.find((other) => other.group !== group);
      if (taker !== undefined) this.report(claim, `${this.titleOf(taker.group)} makes it too`);
      others.push(claim);
    }
  }

  private titleOf(group: Item): string {
    const written = this.writtenAs(group);
    const title = `the ${group.kind} "${written.name}"`;
    return written.name === group.name ? title : `${title}, in one of its zones,`;
  }

  private claimsOf(kind: string, namespace: string, name: string): readonly Claim[] {
    return this.claims.get(name)?.get(keyOf(kind, namespace)) ?? [];
  }

  /** Compares the names with the users' resources; output of an earlier render does not count. */
  checkAgainst(items: readonly Item[]): void {
    if (this.claims.size === 0) return;
    for (const item of items) {
      if (!this.claims.has(item.name)) continue;
      for (const claim of this.claimsOf(item.kind, item.namespace, item.name)) {
        if (item.isRead && ownersOf(item).length > 0) continue;
        this.report(claim, `there is a ${item.kind} with that name among the resources`);
      }
    }
  }

  /** Compares the names with those that TiDB Operator makes for the clusters. */
  checkAgainstOperator(clusters: readonly Item[]): void {
    for (const cluster of clusters) {
      for (const [kind, suffix] of OPERATORS) {
        for (const claim of this.claimsOf(kind, cluster.namespace, `${cluster.name}${suffix}`)) {
          this.report(claim, `TiDB Operator makes it for the TidbCluster "${cluster.name}"`);
        }
      }
    }
  }

  private report({ group, kind, name }: Claim, taker: string): void {
    if (this.reported.has(group)) return;
    this.reported.add(group);
    const message = `\`metadata.name\` is "${group.name}", which makes the ${kind} "${name}", but ${taker}; rename one of them`;
    this.problems.add('collision', group, ['metadata', 'name'], message);
  }
}

/** What is made has kinds without blanks in them. */
function keyOf(kind: string, namespace: string): string {
  return `${kind} ${namespace}`;
}

/** What TiDB Operator makes that a group would make too, by the ends of the names. */
const OPERATORS = GROUP_COMPONENTS.flatMap(({ name, group }) =>
  group.makes.map(([kind, ending]) => [kind, `-${name}${ending}`] as const),
);
