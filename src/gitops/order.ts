import type { TidbCluster } from '../api/index.ts';
import { COMPONENTS } from '../components/index.ts';
import type { MapValue } from '../list/index.ts';
import { type Delivery, type DeliverySettings, hasStores, runnerIn, textIn } from './delivery.ts';
import { LOCAL_CONFIG, SYNC_WAVE } from './keys.ts';

/** When the resources of a group are applied. */
export interface Turn {
  readonly wave: number;
  /** What must be ready before, as kpt names it; nothing if nothing is known to be. */
  readonly after: readonly string[];
}

/**
 * The order in which TiDB starts and upgrades: a TidbCluster with its PD first, then its store groups one after another
 * by their names, then all of its groups of SQL servers. Waves count from the TidbCluster's own; a wave that a group
 * says itself counts as it is.
 */
export function orderOf<D extends Delivery>(
  deliveries: readonly D[],
  settings: DeliverySettings,
): Map<D, Turn> {
  const turns = new Map<D, Turn>();
  for (const its of byCluster(deliveries)) {
    const waves = wavesOf(its, settings);
    const before = whatIsBefore(waves);
    for (const [delivery, wave] of waves) turns.set(delivery, { wave, after: before.get(wave) ?? [] });
  }
  return turns;
}

function byCluster<D extends Delivery>(deliveries: readonly D[]): D[][] {
  const found = new Map<Delivery['cluster']['origin'], D[]>();
  for (const delivery of deliveries) {
    const { origin } = delivery.cluster;
    const its = found.get(origin);
    if (its === undefined) found.set(origin, [delivery]);
    else its.push(delivery);
  }
  return [...found.values()];
}

/** The waves of one cluster's groups. */
function wavesOf<D extends Delivery>(its: readonly D[], settings: DeliverySettings): Map<D, number> {
  const [first] = its;
  const waves = new Map<D, number>();
  if (first === undefined) return waves;
  const { object } = first.cluster;
  const base = waveOfCluster(object);
  let next = base + (needsStoresOfGroups(object) ? 0 : settings.tikvWave);
  const sorted = its.filter(hasStores).sort((a, b) => (titleOf(a) < titleOf(b) ? -1 : 1));
  for (const stores of sorted) waves.set(stores, ownWave(stores) ?? next++);
  const servers = Math.max(base + settings.tidbWave, next);
  for (const delivery of its) if (!waves.has(delivery)) waves.set(delivery, ownWave(delivery) ?? servers);
  return waves;
}

function titleOf({ groups: [group] }: Delivery): string {
  return `${group?.namespace}/${group?.name}`;
}

function waveOfCluster({ metadata }: TidbCluster): number {
  return integer(metadata.annotations?.[SYNC_WAVE]) ?? 0;
}

function ownWave({ groups }: Delivery): number | undefined {
  const said = groups.map((group) => integer(group.annotation(SYNC_WAVE)));
  return said.find((wave) => wave !== undefined);
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^[-+]?\d{1,9}$/.test(text) ? Number(text) : undefined;
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

/** For each wave the stores of the last wave before it; where there are none, the TidbCluster. */
function whatIsBefore(waves: ReadonlyMap<Delivery, number>): Map<number, readonly string[]> {
  const stores = new Map<number, MapValue[]>();
  for (const [delivery, wave] of waves) {
    const runner = hasStores(delivery) ? runnerIn(delivery.resources) : undefined;
    if (runner === undefined) continue;
    const its = stores.get(wave);
    if (its === undefined) stores.set(wave, [runner]);
    else its.push(runner);
  }
  const [delivery] = waves.keys();
  const before = new Map<number, readonly string[]>();
  let last: readonly MapValue[] | undefined;
  for (const wave of [...new Set(waves.values())].sort((a, b) => a - b)) {
    before.set(wave, last?.flatMap(referenceTo).sort() ?? clusterBefore(wave, delivery?.cluster.object));
    last = stores.get(wave) ?? last;
  }
  return before;
}

function clusterBefore(wave: number, cluster: TidbCluster | undefined): string[] {
  if (cluster === undefined || waveOfCluster(cluster) >= wave) return [];
  // A resource for tools only is never applied, and so never ready.
  const local = cluster.metadata.annotations?.[LOCAL_CONFIG];
  if (local !== undefined && local !== 'false') return [];
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
