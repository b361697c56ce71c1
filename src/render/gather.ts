import { API_VERSION, type TidbCluster } from '../api/index.ts';
import { isGroupKind } from '../components/index.ts';
import { isWrittenBack } from '../krm/index.ts';
import { Item, isAnyList } from '../list/index.ts';
import type { ClusterObject, GroupObject } from '../plan/index.ts';
import { type Origin, Problems, type Subject } from '../problem/index.ts';
import {
  checkCluster,
  checkDuplicates,
  checkGroup,
  checkKind,
  checkName,
  checkStructure,
  checkUnknownKind,
  type Group,
  isOfKind,
  type Kinds,
} from '../validate/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { DuplicateNames } from './duplicate-names.ts';
import { addByOwner } from './generated.ts';
import { checkNested } from './nested-list.ts';
import type { Settings } from './settings.ts';
import { type Part, soundPart } from './sound-part.ts';

/** A resource that was read, and whose kind it has: undefined where it is no cluster and no group of its own. */
interface Found {
  readonly item: Item;
  readonly kind: keyof Kinds | undefined;
  readonly isGenerated: boolean;
}

/** The resources that a render is about, in the order of the input. */
export class Gathered {
  readonly clusters: Item[] = [];
  /** Once groups with zones are divided, a group for each zone stands in their place. */
  readonly groups: Item[] = [];
  /** The output of earlier renders, by the group that it belongs to. */
  readonly generated = new Map<string, Item[]>();
  private readonly found: Found[] = [];
  private readonly sound = new Set<Item>();
  /** Of those that have not their structure. */
  private readonly parts = new Map<Origin, Part>();
  /** Those whose name is no name, or somebody else's: they are checked alone only. */
  private readonly misnamed = new Set<Item>();
  private readonly names = new DuplicateNames();
  /** What somebody wrote, of the groups that stand for another one. */
  private readonly written = new Map<Item, Item>();

  constructor(
    items: readonly Item[],
    private readonly settings: Pick<Settings, 'canonicalConfig' | 'output'>,
  ) {
    for (const item of items) if (item.isRead) this.add(item);
  }

  /** Reports what is wrong with each resource. Until then, none counts as having the structure of its kind. */
  check(problems: Problems): void {
    for (const { item, kind, isGenerated } of this.found) {
      if (kind !== undefined) this.checkKindOf(item, kind, problems);
      else {
        checkDuplicates(item, item.duplicateNames(), problems);
        if (!isGenerated) {
          checkKind(item, problems);
          checkUnknownKind(item.object, item, problems);
        }
        if (isAnyList(item.kind)) checkNested(item, problems);
      }
    }
  }

  soundClusters(): Subject<TidbCluster>[] {
    return this.clusters.flatMap((item) => this.cluster(item) ?? []);
  }

  /** What an item says, typed, where it has the structure of its kind; so too the next. */
  cluster(item: Item): Subject<ClusterObject> | undefined {
    const object = this.typed('TidbCluster', item);
    return object && { object, origin: item };
  }

  group(item: Item): Subject<GroupObject> | undefined {
    const object = isGroupKind(item.kind) ? this.typed(item.kind, item) : undefined;
    return object && { object, origin: item };
  }

  /** Puts groups in the place of others, which have passed the checks: they mean the same, and nobody wrote them. */
  divide(objects: ReadonlyMap<Item, readonly MapValue[]>): void {
    const all = this.groups.flatMap(
      (written) =>
        objects.get(written)?.map((object) => {
          const item = Item.of(object);
          this.sound.add(item);
          this.written.set(item, written);
          const part = this.parts.get(written);
          if (part !== undefined) this.parts.set(item, part);
          return item;
        }) ?? [written],
    );
    this.groups.length = 0;
    for (const item of all) this.groups.push(item);
  }

  /** The group that somebody wrote, of one that stands for it; any other is its own. */
  writtenAs(group: Item): Item {
    return this.written.get(group) ?? group;
  }

  /** What is sound of a cluster or a group that has not its structure. */
  partOf(item: Item): Part | undefined {
    return this.misnamed.has(item) ? undefined : this.parts.get(item);
  }

  /** A group that has its structure, or what is sound of it. */
  soundGroup(item: Item): Group | undefined {
    return this.group(item) ?? this.partOf(item)?.group;
  }

  clusterParts(): Subject<TidbCluster>[] {
    return [...this.parts.values()].flatMap(({ cluster }) => cluster ?? []);
  }

  /** Passes on what was found, but for what comes from fields that are left out of a part. */
  passOn(found: Problems, problems: Problems): void {
    for (const problem of found.all) {
      const part = problem.origin && this.parts.get(problem.origin);
      if (!part?.sound.isMissing(problem.path ?? [])) problems.push(problem);
    }
  }

  /** Whether the configs of a cluster are rendered in the operator's own form. */
  writesConfigs(item: Item): boolean {
    return this.settings.canonicalConfig ?? !isWrittenBack(item);
  }

  private typed<K extends keyof Kinds>(kind: K, item: Item): (MapValue & Kinds[K]) | undefined {
    return this.isA(kind, item, item.object) ? item.object : undefined;
  }

  /** Sound items have passed their kind's schema, which is made from the very types. */
  private isA<K extends keyof Kinds>(kind: K, item: Item, object: MapValue): object is MapValue & Kinds[K] {
    return item.kind === kind && item.object === object && this.sound.has(item);
  }

  private add(item: Item): void {
    const owners = addByOwner(this.generated, item);
    const { apiVersion, kind } = item;
    // Groups cannot join a TidbCluster that was rendered from a group.
    const isGenerated = owners.length > 0;
    const isOurs = !isGenerated && apiVersion === API_VERSION;
    const isCluster = isOurs && kind === 'TidbCluster';
    const isGroup = isOurs && isGroupKind(kind);
    if (isCluster) this.clusters.push(item);
    if (isGroup) this.groups.push(item);
    this.found.push({ item, kind: isCluster || isGroup ? kind : undefined, isGenerated });
  }

  private checkKindOf(item: Item, kind: keyof Kinds, problems: Problems): void {
    const before = problems.errorCount;
    checkName(item.object, item, problems);
    this.names.check(item, problems);
    if (problems.errorCount > before) this.misnamed.add(item);
    checkDuplicates(item, item.duplicateKeys(), problems);
    const first = problems.all.length;
    checkStructure({ object: item.object, origin: item }, kind, problems);
    if (problems.errorCount > before) {
      this.checkSoundPart(item, kind, problems, first);
      return;
    }
    this.sound.add(item);
    const cluster = this.cluster(item);
    if (cluster !== undefined) checkCluster(cluster, !this.writesConfigs(item), problems);
    const group = this.group(item);
    if (group !== undefined) checkGroup(group, problems, this.settings.output);
  }

  /** The fields that have their structure are checked also where others have not. */
  private checkSoundPart(item: Item, kind: keyof Kinds, problems: Problems, first: number): void {
    const errors = problems.all.slice(first).filter(({ severity }) => severity === 'error');
    const sound = soundPart(item.object, errors);
    if (sound === undefined) return;
    const { object } = sound;
    const found = new Problems();
    if (kind === 'TidbCluster') {
      if (!isOfKind(kind, object, item)) return;
      const cluster = { object, origin: item };
      this.parts.set(item, { cluster, sound });
      checkCluster(cluster, !this.writesConfigs(item), found);
    } else {
      if (!isOfKind(kind, object, item)) return;
      const group = { object, origin: item };
      this.parts.set(item, { group, sound });
      checkGroup(group, found, this.settings.output);
    }
    this.passOn(found, problems);
  }
}
