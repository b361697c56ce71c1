import { isExclusive } from '../components/index.ts';
import type { Release } from '../expand/index.ts';
import { allBy, Having } from '../lookup/index.ts';
import type { Cluster, Servers } from '../system/index.ts';
import { type Constraint, constraintText, labelName } from './constraint.ts';
import { Matcher, valuesOf } from './matcher.ts';
import { sqlRelease, storesOf } from './policy.ts';

/** A set of stores. */
interface Labeled {
  readonly servers: Servers;
  /** Labels that TiDB Operator copies from the nodes, in lower case: where the set itself has none, they may have any value. */
  readonly fromNodes: ReadonlySet<string>;
}

/** Sets of stores where replicas may be. */
export interface Found {
  readonly sets: readonly Servers[];
  /** The stores in them; no more are looked for once there are enough. */
  readonly count: number;
  /** Where they are too few, a set that would be one of these, but of which no store runs. */
  readonly idle: Servers | undefined;
}

/**
 * The stores that there would be, to be found by the constraints of policies. The work grows with how many sets of stores
 * share the rarest label that a policy wants.
 */
export class Stores {
  /** That of the SQL servers. */
  readonly release: Release | undefined;
  /** How many stores run, with any labels. */
  readonly count: number;
  private readonly running: Having<Labeled>;
  private readonly idle: Having<Labeled>;
  /** The values of each label, which is in lower case, and undefined among them where it may have any. */
  private readonly values: ReadonlyMap<string, ReadonlySet<string | undefined>>;
  private readonly some = new Map<string, readonly string[]>();
  private readonly found = new Map<string, Found>();

  /** `isOperated` tells whether TiDB Operator runs some servers: it copies labels from the nodes. */
  constructor(
    readonly cluster: Cluster,
    isOperated: (servers: Servers) => boolean,
  ) {
    this.release = sqlRelease(cluster);
    const labeled = storesOf(cluster).map((servers): Labeled => {
      const { labelsFromNodes } = servers.placement;
      const copied = isOperated(servers) ? [...labelsFromNodes, ...cluster.locationLabels] : labelsFromNodes;
      return { servers, fromNodes: new Set(copied.map((key) => key.toLowerCase())) };
    });
    this.count = labeled.reduce((sum, { servers }) => sum + running(servers), 0);
    const runs = ({ servers }: Labeled) => running(servers) > 0;
    this.running = new Having(labeled.filter(runs), namesOf);
    this.idle = new Having(
      labeled.filter((one) => !runs(one)),
      namesOf,
    );
    this.values = valuesIn(labeled);
  }

  /** As many stores as are enough where a replica with such constraints may be, or all of them. */
  find(constraints: readonly Constraint[], enough: number): Found {
    const name = JSON.stringify([enough, ...constraints.map(constraintText)]);
    const known = this.found.get(name);
    if (known !== undefined) return known;
    const sets: Servers[] = [];
    let count = 0;
    for (const one of matching(this.running, constraints)) {
      sets.push(one);
      count += running(one);
      if (count >= enough) break;
    }
    const [idle] = count < enough ? matching(this.idle, constraints) : [];
    const found = { sets, count, idle };
    this.found.set(name, found);
    return found;
  }

  /** Whether some set of stores has a label that a constraint wants. */
  has({ key, values }: Constraint): boolean {
    const known = this.values.get(key.toLowerCase());
    return known !== undefined && (known.has(undefined) || values.some((value) => known.has(value)));
  }

  /** The values that stores have for a label. */
  valuesOf(key: string): readonly string[] {
    const name = key.toLowerCase();
    const known =
      this.some.get(name) ?? [...(this.values.get(name) ?? [])].filter((one) => one !== undefined);
    this.some.set(name, known);
    return known;
  }
}

/** How many stores of a set run; something else may control the number. */
function running({ suspended, replicas = Number.POSITIVE_INFINITY }: Servers): number {
  return suspended ? 0 : replicas;
}

function* matching(labeled: Having<Labeled>, constraints: readonly Constraint[]): Generator<Servers> {
  const wanted = constraints
    .filter(({ isIn }) => isIn)
    .map(({ key, values }) => [...values.map((value) => labelName(key, value)), anyOf(key)]);
  const unwanted = constraints
    .filter(({ isIn }) => !isIn)
    .flatMap(({ key, values }) => values.map((value) => labelName(key, value)));
  const matcher = new Matcher(constraints);
  const isPlain = !constraints.some(({ key }) => isExclusive(key));
  for (const { servers, fromNodes } of labeled.among(wanted, isPlain ? [...unwanted, KEPT] : unwanted)) {
    if (matcher.matches(servers.placement.labels, fromNodes)) yield servers;
  }
}

/** The name of all that a label keeps data away from. */
const KEPT = JSON.stringify([]);

/** What a set of stores is found by: its labels, and those that it may have. */
function namesOf({ servers: { placement }, fromNodes }: Labeled): string[] {
  const own = [...valuesOf(placement.labels)].map(([key, value]) => labelName(key, value));
  const kept = Object.keys(placement.labels).some(isExclusive) ? [KEPT] : [];
  return [...own, ...[...fromNodes].map(anyOf), ...kept];
}

function anyOf(key: string): string {
  return JSON.stringify([key.toLowerCase()]);
}

function valuesIn(labeled: readonly Labeled[]): Map<string, Set<string | undefined>> {
  const pairs = labeled.flatMap(({ servers, fromNodes }): [key: string, value: string | undefined][] => [
    ...valuesOf(servers.placement.labels),
    ...[...fromNodes].map((key): [string, undefined] => [key, undefined]),
  ]);
  const byKey = allBy(pairs, ([key]) => [key]);
  return new Map([...byKey].map(([key, its]) => [key, new Set(its.map(([, value]) => value))]));
}
