import { type GroupOutput, hasPlaces } from '../api/index.ts';
import { byKind, type GroupComponent } from '../components/index.ts';
import { besideRunner, runnerIn } from '../gitops/index.ts';
import type { Item } from '../list/index.ts';
import { allBy } from '../lookup/index.ts';
import { Problems } from '../problem/index.ts';
import type { ClusterResolver } from '../resolve/index.ts';
import { checkGroup, checkName, type Group, type GroupInCluster, type Joined } from '../validate/index.ts';
import type { MapValue } from '../yaml/index.ts';
import {
  checkOthersLabels,
  checkPlacement,
  clientServiceIn,
  type PlainGroup,
  plainGroups,
  Retold,
  serviceAcrossZones,
  serviceOfKeeper,
} from '../zones/index.ts';
import { SOME_CLUSTER } from './check-alone.ts';
import { checkStores } from './check-stores.ts';
import type { Gathered } from './gather.ts';
import type { Made } from './outcome.ts';
import type { Settings } from './settings.ts';

/** A group that somebody wrote, and what is rendered in its place. */
interface Division extends Joined {
  readonly item: Item;
  readonly parts: readonly Part[];
}

/** A group, and its TidbCluster where that is there and right. */
interface Placed extends GroupInCluster {
  readonly item: Item;
}

interface Part {
  readonly item: Item;
  readonly plain: PlainGroup;
}

/** Groups with zones, or with labels that name them, divided into plain ones, which all else is about. */
export class Divided {
  private readonly all: readonly Placed[];
  private readonly divisions: Division[];
  /** The Service for clients that a group would have without zones, of those that have both. */
  private readonly undivided = new Map<Item, MapValue>();
  private readonly names = new Map<Item, readonly string[]>();
  private readonly beside: ReadonlyMap<Item, readonly Item[]>;

  constructor(
    private readonly gathered: Gathered,
    private readonly resolver: ClusterResolver,
    problems: Problems,
  ) {
    const all = gathered.groups.flatMap((item) => this.joined(item));
    this.all = all;
    const found = new Problems();
    checkStores(all, gathered.soundClusters(), found);
    const plain = new Map<Item, PlainGroup[]>();
    const placed = all.filter(({ group }) => hasPlaces(group.object.spec));
    for (const { item, group, cluster = SOME_CLUSTER } of placed) {
      const before = found.errorCount;
      checkPlacement(group, cluster, found);
      const isRight = found.errorCount === before && cluster !== SOME_CLUSTER;
      if (isRight) plain.set(item, plainGroups(group.object, cluster.object));
    }
    gathered.passOn(found, problems);
    gathered.divide(new Map([...plain].map(([item, its]) => [item, its.map(({ object }) => object)])));
    this.divisions = this.divisionsOf(placed, plain);
    this.beside = new Map(
      this.divisions.flatMap(({ parts }) => {
        const its = parts.map(({ item }) => item);
        return its.map((item): [Item, readonly Item[]] => [item, its]);
      }),
    );
    const retold = new Retold();
    for (const { item, group, parts } of this.divisions) {
      for (const part of parts) {
        resolver.resolveAs(part.item, item);
        retold.add(part.item, { written: group, plain: part.plain });
      }
    }
    retold.addTold(problems.all);
    problems.retell = (problem) => retold.retell(problem);
  }

  /** The groups as somebody wrote them. */
  get written(): readonly Joined[] {
    return this.divisions;
  }

  /**
   * Adds what is wrong with the groups as they were written, and then with what stands for them. `expand` makes the workloads
   * of a group, rolled as those of another one.
   */
  checkWritten(
    expand: (joined: Joined, rolledAs: Item) => MapValue[],
    output: GroupOutput,
    problems: Problems,
  ): void {
    for (const division of this.divisions) {
      const workloads = expand(division, division.parts[0]?.item ?? division.item);
      const { name, servicePorts } = componentOf(division.group);
      const hasZones = division.parts.some(({ plain }) => plain.zone !== undefined);
      const service = clientServiceIn(workloads, `${division.item.name}-${name}`);
      if (service && servicePorts && hasZones) this.addService(division, service);
      for (const { item } of division.parts) {
        const group = this.gathered.group(item);
        if (group === undefined) continue;
        checkName(item.object, item, problems);
        checkGroup(group, problems, output);
      }
    }
    const served = this.divisions.filter(({ item }) => this.undivided.has(item)).map(({ group }) => group);
    const clusters = [...this.gathered.soundClusters(), ...this.gathered.clusterParts()];
    if (served.length > 0) checkOthersLabels({ served, clusters, groups: this.all }, problems);
  }

  /** All zones of the group that an item stands for. */
  readonly zonesBeside = (item: Item): readonly Item[] => this.beside.get(item) ?? [];

  /** The names of Services beside its own by which the servers of a group are found. */
  servicesOf(item: Item): readonly string[] {
    return this.names.get(item) ?? [];
  }

  private addService({ item, group, parts }: Division, service: MapValue): void {
    this.undivided.set(item, service);
    const stem = componentOf(group).name;
    for (const part of parts) {
      const own = part.plain.zone?.spec.keepsName ? [nameOfKeeper(item, part, stem)] : [];
      this.names.set(part.item, [`${item.name}-${stem}`, ...own]);
    }
  }

  /** The Services over all zones, and those of zones that keep the name of their group. */
  services(told: readonly Made[], { copyMetadata }: Settings): Made[] {
    const byItem = allBy(told, ({ groups }) => groups);
    const runnerOf = ({ item }: Part) => runnerIn(byItem.get(item)?.[0]?.resources ?? []);
    return this.divisions.flatMap(({ item, group, cluster, parts }): Made[] => {
      const stem = componentOf(group).name;
      const beside = (its: readonly Part[], service: MapValue): Made[] => {
        const groups = its.map((part) => part.item);
        const runner = its.map(runnerOf).find((one) => one !== undefined);
        const resources = runner ? [besideRunner(groups, runner, service, copyMetadata)] : [];
        return [{ groups, cluster, stem, resources, nextTo: item }];
      };
      const service = this.undivided.get(item);
      if (service === undefined) return [];
      const keepers = parts.filter(({ plain }) => plain.zone?.spec.keepsName);
      return [
        ...beside(parts, serviceAcrossZones(service, group.object)),
        ...keepers.flatMap((part) => {
          return beside([part], serviceOfKeeper(service, nameOfKeeper(item, part, stem)));
        }),
      ];
    });
  }

  private joined(item: Item): Placed[] {
    const group = this.gathered.soundGroup(item);
    if (group === undefined) return [];
    const itsCluster = this.resolver.resolve(item);
    return [{ item, group, cluster: itsCluster && this.gathered.cluster(itsCluster) }];
  }

  private divisionsOf(
    placed: readonly Placed[],
    plain: ReadonlyMap<Item, readonly PlainGroup[]>,
  ): Division[] {
    const items = allBy(this.gathered.groups, (item) => [this.gathered.writtenAs(item)]);
    return placed.flatMap(({ item, group, cluster }): Division[] => {
      const its = plain.get(item);
      if (its === undefined || cluster === undefined) return [];
      const parts = items.get(item) ?? [];
      return [{ item, group, cluster, parts: parts.flatMap((part, index) => partOf(part, its[index])) }];
    });
  }
}

/** The Service of the zone whose servers have the group's own name. */
function nameOfKeeper({ name }: Item, { plain }: Part, stem: string): string {
  return `${name}-${plain.zone?.spec.name}-${stem}`;
}

function partOf(item: Item, plain: PlainGroup | undefined): Part[] {
  return plain === undefined ? [] : [{ item, plain }];
}

function componentOf({ object }: Group): GroupComponent {
  return byKind[object.kind];
}
