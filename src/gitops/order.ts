import type { TidbCluster } from '../api/index.ts';
import { COMPONENTS, GROUP_COMPONENTS, type GroupComponent } from '../components/index.ts';
import { isLocal, LOCAL_CONFIG } from '../krm/index.ts';
import { allBy } from '../lookup/index.ts';
import type { MapValue } from '../yaml/index.ts';
import {
  componentsOf,
  type Delivery,
  type DeliverySettings,
  isDrained,
  runnerIn,
  textIn,
} from './delivery.ts';
import { SYNC_WAVE } from './keys.ts';
import { waveOf } from './wave.ts';

/** When the resources of a group are applied. */
export interface Turn {
  readonly wave: number;
  /** The wave of the Job that drains its stores, if it has one. */
  readonly drainWave: number;
  /** What must be ready before, as kpt names it; nothing if nothing is known to be. */
  readonly after: readonly string[];
}

/**
 * The order in which TiDB starts and upgrades: a TidbCluster with its PD first, then groups of PD, TiFlash and TiKV one
 * after another by their names, then all of its groups of SQL servers, and then those of TiCDC. TiProxy does not wait for
 * any of them, nor do they wait for it. Waves count from the TidbCluster's own; a wave that a group says itself counts as
 * it is. The Job that drains a group has the wave before.
 */
export function orderOf<D extends Delivery>(
  deliveries: readonly D[],
  settings: DeliverySettings,
): Map<D, Turn> {
  const turns = new Map<D, Turn>();
  for (const its of allBy(deliveries, ({ cluster }) => [cluster.origin]).values()) {
    const waves = wavesOf(its, settings);
    const before = whatIsBefore(waves);
    for (const [delivery, wave] of waves) {
      const { object } = delivery.cluster;
      const isNeeded = needsStoresOfGroups(object) && wave <= waveOfCluster(object);
      turns.set(delivery, { wave, drainWave: isNeeded ? wave : wave - 1, after: before.get(wave) ?? [] });
    }
  }
  return turns;
}

/** The waves of one cluster's groups. */
function wavesOf<D extends Delivery>(its: readonly D[], settings: DeliverySettings): Map<D, number> {
  const [first] = its;
  const waves = new Map<D, number>();
  if (first === undefined) return waves;
  const { object } = first.cluster;
  const base = waveOfCluster(object);
  const areNeeded = needsStoresOfGroups(object);
  const start = base + (areNeeded ? 0 : settings.tikvWave);
  let next = start;
  let isTogether = false;
  for (const component of inTurn(object)) {
    const { turn } = component.group;
    const sorted = its
      .filter((delivery) => firstOf(delivery) === component)
      .sort((a, b) => (titleOf(a) < titleOf(b) ? -1 : 1));
    // Nobody's wave changes with the groups that come after it.
    if (turn === 'together') {
      next = isTogether ? next + 1 : Math.max(base + settings.tidbWave, next);
      isTogether = true;
    }
    for (const delivery of sorted) {
      const own = ownWave(delivery);
      const isNext = turn === 'one by one' && own === undefined;
      // Its Job has the wave before, unless the TidbCluster, whose PD the Job asks, waits for these stores.
      if (isNext && isDrained(delivery) && !(areNeeded && next <= base)) next++;
      waves.set(delivery, own ?? (turn === 'aside' ? start : next));
      if (isNext) next++;
    }
  }
  return waves;
}

/**
 * Components in the order of their groups. Columns come before stores, but where the TidbCluster has no stores of its own:
 * without one TiFlash does not become ready, and stores would wait for it forever.
 */
function inTurn({ spec }: TidbCluster): readonly GroupComponent[] {
  if (spec.cluster || COMPONENTS.some(({ name, keeps }) => keeps === 'regions' && spec[name]?.replicas)) {
    return GROUP_COMPONENTS;
  }
  const isOf = (what: string) => (component: GroupComponent) => component.keeps === what;
  const columns = GROUP_COMPONENTS.filter(isOf('columns'));
  const others = GROUP_COMPONENTS.filter((component) => !columns.includes(component));
  const behind = others.findLastIndex(isOf('regions')) + 1;
  return [...others.slice(0, behind), ...columns, ...others.slice(behind)];
}

/** What tells the turn of groups of one name. */
function firstOf(delivery: Delivery): GroupComponent | undefined {
  return componentsOf(delivery).find(({ group }) => group.turn !== 'aside') ?? componentsOf(delivery)[0];
}

function titleOf({ groups: [group] }: Delivery): string {
  return `${group?.namespace}/${group?.name}`;
}

function waveOfCluster({ metadata }: TidbCluster): number {
  return waveOf(metadata.annotations?.[SYNC_WAVE]) ?? 0;
}

function ownWave({ groups }: Delivery): number | undefined {
  const said = groups.map((group) => waveOf(group.annotation(SYNC_WAVE)));
  return said.find((wave) => wave !== undefined);
}

/**
 * Whether the TidbCluster itself can only become ready with the stores of its groups: it has servers that need
 * stores, and none of its own. Its groups' stores then must not wait for it.
 */
function needsStoresOfGroups({ spec }: TidbCluster): boolean {
  const running = COMPONENTS.filter(({ name }) => spec[name]?.replicas);
  if (spec.cluster || running.some(({ keeps }) => keeps === 'regions')) return false;
  return running.some(({ keeps }) => keeps !== 'quorum');
}

/** For each wave what is waited for of the last wave before it; where there is nothing, the TidbCluster. */
function whatIsBefore(waves: ReadonlyMap<Delivery, number>): Map<number, readonly string[]> {
  const waited = new Map<number, MapValue[]>();
  for (const [delivery, wave] of waves) {
    const isWaitedFor = firstOf(delivery)?.group.turn !== 'aside';
    const runner = isWaitedFor ? runnerIn(delivery.resources) : undefined;
    if (runner === undefined) continue;
    const its = waited.get(wave);
    if (its === undefined) waited.set(wave, [runner]);
    else its.push(runner);
  }
  const [delivery] = waves.keys();
  const before = new Map<number, readonly string[]>();
  let last: readonly MapValue[] | undefined;
  for (const wave of [...new Set(waves.values())].sort((a, b) => a - b)) {
    before.set(wave, last?.flatMap(referenceTo).sort() ?? clusterBefore(wave, delivery?.cluster.object));
    last = waited.get(wave) ?? last;
  }
  return before;
}

function clusterBefore(wave: number, cluster: TidbCluster | undefined): string[] {
  if (cluster === undefined || waveOfCluster(cluster) >= wave) return [];
  // A resource for tools only is never applied, and so never ready.
  if (isLocal(cluster.metadata.annotations?.[LOCAL_CONFIG])) return [];
  const { name = '', namespace = '' } = cluster.metadata;
  return referenceTo({ apiVersion: cluster.apiVersion, kind: cluster.kind, metadata: { name, namespace } });
}

/** `apps/namespaces/db/StatefulSet/hot-tikv`. Nothing can be named before its namespace is known. */
function referenceTo(resource: MapValue): string[] {
  const namespace = textIn(resource, 'namespace');
  if (namespace === '') return [];
  const [group = ''] = String(resource.apiVersion).split('/');
  return [`${group}/namespaces/${namespace}/${resource.kind}/${textIn(resource, 'name')}`];
}
