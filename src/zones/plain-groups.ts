import {
  type AnyGroup,
  isPlace,
  nameInZone,
  type TidbCluster,
  ZONED_GROUP,
  type Zone,
  type ZoneSpec,
  zoneOf,
} from '../api/index.ts';
import { byKind, groupLabelsOf, type StoreLabel } from '../components/index.ts';
import { copy, fields, withoutNulls } from '../expand/index.ts';
import { isMap, type MapValue, mapAt } from '../yaml/index.ts';
import { affinityInZone } from './affinity.ts';
import { autoscaleInZone } from './autoscale.ts';
import { withLabels, ZONE_LABEL } from './labels.ts';
import { serviceInZone } from './services.ts';
import { sharesOf } from './shares.ts';

/** A group as somebody would write it who had no zones, and no labels that name a group. */
export interface PlainGroup {
  readonly object: MapValue;
  /** Undefined where the group has none, and only labels. */
  readonly zone?: ZoneAt;
  readonly labels: readonly StoreLabel[];
}

/** A zone, and where it is in the list. */
export interface ZoneAt {
  readonly spec: ZoneSpec;
  readonly index: number;
}

/** The zones of a group, by name: their order in the list says nothing. */
export function zonesOf({ spec }: AnyGroup): ZoneAt[] {
  const zones: readonly Zone[] = 'zones' in spec ? (spec.zones ?? []) : [];
  const all = zones.map((zone, index): ZoneAt => ({ spec: withoutNulls(zoneOf(zone)), index }));
  return all.sort((one, other) => (one.spec.name < other.spec.name ? -1 : 1));
}

/** The value of a zone, as nodes and servers have it. */
export function valueOfZone({ name, value }: ZoneSpec): string {
  return value || name;
}

/** The values of all zones of a group. */
export function zoneValues(group: AnyGroup): string[] {
  return zonesOf(group).map(({ spec }) => valueOfZone(spec));
}

/** What is rendered for a group: one for each of its zones, or one if it has only labels. It must have passed the checks. */
export function plainGroups(group: AnyGroup, cluster: TidbCluster): PlainGroup[] {
  const object = copy(group);
  if (!isMap(object)) return [];
  const name = group.metadata.name ?? '';
  const zones = zonesOf(group);
  const labels = groupLabelsOf(withoutNulls(group.spec), name);
  if (zones.length === 0) return [{ object: { ...object, spec: labeled(object, group, labels) }, labels }];
  const shares = sharesOf(
    group.spec.replicas,
    zones.map(({ spec }) => spec),
  );
  return zones.map((zone, index) => {
    const { annotations } = zone.spec;
    const its = [...labels, { key: ZONE_LABEL, value: valueOfZone(zone.spec) }];
    const metadata = {
      ...mapAt(object, 'metadata'),
      name: nameInZone(name, zone.spec),
      ...(annotations && { annotations: { ...mapAt(object, 'metadata', 'annotations'), ...annotations } }),
    };
    const spec = {
      ...labeled(object, group, its),
      ...placed(object, group, cluster, zone.spec, zones.length),
      replicas: Number(shares[index]),
    };
    return {
      object: { ...object, metadata, spec: zone.spec.keepsName ? withoutService(spec) : spec },
      zone,
      labels: its,
    };
  });
}

function labeled(object: MapValue, { kind }: AnyGroup, labels: readonly StoreLabel[]): MapValue {
  const fields = Object.entries(mapAt(object, 'spec')).filter(([field]) => !isPlace(field));
  return withLabels(Object.fromEntries(fields), byKind[kind], labels);
}

function placed(
  object: MapValue,
  group: AnyGroup,
  cluster: TidbCluster,
  zone: ZoneSpec,
  count: number,
): MapValue {
  const spec = mapAt(object, 'spec');
  const affinity = spec.affinity ?? copy(cluster.spec.affinity);
  return fields({
    affinity: affinityInZone(mapAt(affinity), valueOfZone(zone)),
    labels: { ...mapAt(spec, 'labels'), [ZONED_GROUP]: group.metadata.name ?? '' },
    service: spec.service && serviceInZone(mapAt(spec, 'service')),
    autoscale: spec.autoscale && autoscaleInZone(mapAt(spec, 'autoscale'), count),
  });
}

/** The Service with the name of these servers is the one over all zones. */
function withoutService({ service: _, ...spec }: MapValue): MapValue {
  return spec;
}
