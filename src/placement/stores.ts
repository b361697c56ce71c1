import type { Release } from '../expand/index.ts';
import { allBy } from '../lookup/index.ts';
import type { Cluster, Servers } from '../system/index.ts';
import { type Constraint, labelName, labelValue, matches } from './constraint.ts';
import { sqlRelease, storesOf } from './policy.ts';

/** A set of stores. */
interface Labeled {
  readonly servers: Servers;
  /** Its place among all. */
  readonly index: number;
  /** Labels that TiDB Operator copies from the nodes, in lower case: where the set itself has none, they may have any value. */
  readonly fromNodes: ReadonlySet<string>;
}

/**
 * The stores that there would be, to be found by the constraints of policies. The work grows with how many sets of stores
 * share the rarest label that a policy wants.
 */
export class Stores {
  /** All sets of them. */
  readonly all: readonly Servers[];
  /** That of the SQL servers. */
  readonly release: Release | undefined;
  private readonly labeled: readonly Labeled[];
  private readonly byLabel: ReadonlyMap<string, readonly Labeled[]>;

  /** `isOperated` tells whether TiDB Operator runs some servers: it copies labels from the nodes. */
  constructor(
    readonly cluster: Cluster,
    isOperated: (servers: Servers) => boolean,
  ) {
    this.all = storesOf(cluster);
    this.release = sqlRelease(cluster);
    this.labeled = this.all.map((servers, index) => {
      const { labelsFromNodes } = servers.placement;
      const copied = isOperated(servers) ? [...labelsFromNodes, ...cluster.locationLabels] : labelsFromNodes;
      return { servers, index, fromNodes: new Set(copied.map((key) => key.toLowerCase())) };
    });
    this.byLabel = allBy(this.labeled, namesOf);
  }

  /** Those where a replica with such constraints may be. */
  *matching(constraints: readonly Constraint[]): Generator<Servers> {
    let fewest = this.labeled;
    for (const constraint of constraints) {
      const having = this.having(constraint);
      if (having.length < fewest.length) fewest = having;
    }
    for (const one of fewest) if (mayMatch(one, constraints)) yield one.servers;
  }

  /** Those of which a label may have one of the values that a constraint wants; all where it wants none. */
  private having({ key, isIn, values }: Constraint): readonly Labeled[] {
    if (!isIn) return this.labeled;
    const names = [...values.map((value) => labelName(key, value)), anyOf(key)];
    const found = new Set(names.flatMap((name) => this.byLabel.get(name) ?? []));
    return [...found].sort((a, b) => a.index - b.index);
  }
}

/** What a set of stores is found by: its labels, and those that it may have. */
function namesOf({ servers, fromNodes }: Labeled): string[] {
  const own = Object.entries(servers.placement.labels).map(([key, value]) => labelName(key, value));
  return [...own, ...[...fromNodes].map(anyOf)];
}

function anyOf(key: string): string {
  return JSON.stringify([key.toLowerCase()]);
}

function mayMatch({ servers, fromNodes }: Labeled, constraints: readonly Constraint[]): boolean {
  const { labels } = servers.placement;
  const known = constraints.filter(
    ({ key }) => !fromNodes.has(key.toLowerCase()) || labelValue(labels, key) !== '',
  );
  return matches(labels, known);
}
