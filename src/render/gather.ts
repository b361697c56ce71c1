import { API_VERSION, type GroupKinds, type TidbCluster } from '../api/index.ts';
import { isGroupKind } from '../components/index.ts';
import { isWrittenBack } from '../krm/index.ts';
import { type Item, isAnyList } from '../list/index.ts';
import type { Problem, Problems, Subject } from '../problem/index.ts';
import {
  checkCluster,
  checkDuplicates,
  checkGroup,
  checkKind,
  checkName,
  checkStructure,
  type Group,
  isTidbCluster,
} from '../validate/index.ts';
import { isMap, type MapValue } from '../yaml/index.ts';
import { addByOwner } from './generated.ts';
import { checkNested } from './nested-list.ts';
import type { Settings } from './settings.ts';

interface Kinds extends GroupKinds {
  TidbCluster: TidbCluster;
}

/** The resources that a render is about, in the order of the input. */
export class Gathered {
  readonly clusters: Item[] = [];
  readonly groups: Item[] = [];
  /** The output of earlier renders, by the group that it belongs to. */
  readonly generated = new Map<string, Item[]>();
  /** The clusters, or the valid part of each. */
  readonly checked: Subject<TidbCluster>[] = [];
  private readonly sound = new Set<Item>();
  private readonly seen = new Map<string, Item>();

  constructor(
    items: readonly Item[],
    private readonly problems: Problems,
    private readonly settings: Pick<Settings, 'canonicalConfig' | 'output'>,
  ) {
    for (const item of items) if (item.isRead) this.add(item);
  }

  soundClusters(): Subject<TidbCluster>[] {
    return this.clusters.flatMap((item) => this.cluster(item) ?? []);
  }

  /** What an item says, typed, where it has the structure of its kind; so too the next. */
  cluster(item: Item): Subject<TidbCluster> | undefined {
    const object = this.typed('TidbCluster', item);
    return object && { object, origin: item };
  }

  group(item: Item): Group | undefined {
    const object = isGroupKind(item.kind) ? this.typed(item.kind, item) : undefined;
    return object && { object, origin: item };
  }

  /** Whether the configs of a cluster are rendered in the operator's own form. */
  writesConfigs(item: Item): boolean {
    return this.settings.canonicalConfig ?? !isWrittenBack(item);
  }

  private typed<K extends keyof Kinds>(kind: K, item: Item): Kinds[K] | undefined {
    const object: MapValue = item.object;
    return this.isA(kind, item, object) ? object : undefined;
  }

  /** Sound items have passed their kind's schema, which is made from the very types. */
  private isA<K extends keyof Kinds>(kind: K, item: Item, object: MapValue): object is MapValue & Kinds[K] {
    return item.kind === kind && item.object === object && this.sound.has(item);
  }

  private add(item: Item): void {
    const owners = addByOwner(this.generated, item);
    const { apiVersion, kind } = item;
    // Groups cannot join a TidbCluster that was rendered from a group.
    const isOurs = owners.length === 0 && apiVersion === API_VERSION;
    if (isOurs && kind === 'TidbCluster') this.check(item, kind, this.clusters);
    else if (isOurs && isGroupKind(kind)) this.check(item, kind, this.groups);
    else {
      checkDuplicates(item, item.duplicateNames(), this.problems);
      if (owners.length === 0) checkKind(item, this.problems);
      if (isAnyList(kind)) checkNested(item, this.problems);
    }
  }

  private check(item: Item, kind: keyof Kinds, list: Item[]): void {
    list.push(item);
    const before = this.problems.errorCount;
    checkName(item.object, item, this.problems);
    this.checkNameTaken(item);
    checkDuplicates(item, item.duplicateKeys(), this.problems);
    const written = item.written.bind(item);
    const first = this.problems.all.length;
    checkStructure({ object: item.object, origin: item, written }, kind, this.problems);
    if (this.problems.errorCount > before) {
      if (kind === 'TidbCluster') this.checkSoundParts(item, this.problems.all.slice(first));
      return;
    }
    this.sound.add(item);
    const cluster = this.cluster(item);
    if (cluster !== undefined) this.checkCluster(cluster, item);
    const group = this.group(item);
    if (group !== undefined) checkGroup(group, this.problems, this.settings.output);
  }

  /** The components of a cluster that have their structure are checked also where others have not. */
  private checkSoundParts(item: Item, found: readonly Problem[]): void {
    const { spec } = item.object;
    const errors = found.filter(({ severity }) => severity === 'error');
    if (!isMap(spec) || errors.some(({ path = [] }) => path[0] !== 'spec' || path.length < 2)) return;
    const broken = new Set(errors.map(({ path = [] }) => path[1]));
    const sound = Object.entries(spec).filter(([field]) => !broken.has(field));
    const object = { ...item.object, spec: Object.fromEntries(sound) };
    if (isTidbCluster(object, item)) this.checkCluster({ object, origin: item }, item);
  }

  private checkCluster(cluster: Subject<TidbCluster>, item: Item): void {
    this.checked.push(cluster);
    checkCluster(cluster, !this.writesConfigs(item), this.problems);
  }

  private checkNameTaken(item: Item): void {
    if (item.name === '') return;
    const key = `${item.kind}/${item.namespace}/${item.name}`;
    const other = this.seen.get(key);
    if (other === undefined) {
      this.seen.set(key, item);
      return;
    }
    const { file, line } = other.locate(['metadata', 'name'], 'value');
    const where = file === undefined ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`;
    const message = `\`metadata.name\` is "${item.name}", as in another ${item.kind} of the same namespace${where}; remove or rename one of them`;
    this.problems.add('duplicate-resource', item, ['metadata', 'name'], message);
  }
}
