import type { Release } from '../expand/index.ts';
import { Having } from '../lookup/index.ts';
import type { Cluster, Servers } from '../system/index.ts';
import { type Constraint, labelName } from './constraint.ts';
import { Matcher } from './matcher.ts';
import { sqlRelease, storesOf } from './policy.ts';

/** A set of stores. */
interface Labeled {
  readonly servers: Servers;
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
  private readonly labeled: Having<Labeled>;

  /** `isOperated` tells whether TiDB Operator runs some servers: it copies labels from the nodes. */
  constructor(
    readonly cluster: Cluster,
    isOperated: (servers: Servers) => boolean,
  ) {
    this.all = storesOf(cluster);
    this.release = sqlRelease(cluster);
    const labeled = this.all.map((servers): Labeled => {
      const { labelsFromNodes } = servers.placement;
      const copied = isOperated(servers) ? [...labelsFromNodes, ...cluster.locationLabels] : labelsFromNodes;
      return { servers, fromNodes: new Set(copied.map((key) => key.toLowerCase())) };
    });
    this.labeled = new Having(labeled, namesOf);
  }

  /** Those where a replica with such constraints may be. */
  *matching(constraints: readonly Constraint[]): Generator<Servers> {
    const wanted = constraints
      .filter(({ isIn }) => isIn)
      .map(({ key, values }) => [...values.map((value) => labelName(key, value)), anyOf(key)]);
    const matcher = new Matcher(constraints);
    for (const { servers, fromNodes } of this.labeled.among(wanted)) {
      if (matcher.matches(servers.placement.labels, fromNodes)) yield servers;
    }
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
