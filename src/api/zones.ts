import type { Annotations, DNSLabel, Int32, LabelValue } from './scalars.ts';

/** A zone of a group: its name, or a map. */
export interface ZoneSpec {
  /**
   * Annotations of the servers' group in this zone, over those of the group: those that count the servers of one
   * StatefulSet, such as `groups.pingcap.com/drain-to`, are written here.
   */
  annotations?: Annotations;
  /**
   * Whether the servers of this zone have the group's own name, as those have that ran before the group had zones. One zone
   * may.
   * @default false
   */
  keepsName?: boolean;
  /** Name of the zone: what is rendered for it is called `<group>-<name>`. */
  name: DNSLabel;
  /**
   * Servers in this zone. By default all zones that do not say it share equally what is left of `spec.replicas`.
   * @minimum 0
   */
  replicas?: Int32;
  /** Value of the node label `topology.kubernetes.io/zone`, and of the label `zone` of the servers. Default: the name. */
  value?: LabelValue;
}

/** A zone of a group: its name, or a map. */
export type Zone = string | ZoneSpec;

/** What a group has whose servers can be told the zone that they are in. */
export interface ZonedGroupSpec {
  /**
   * The zones in which the servers run. Each has a StatefulSet of its own, `<group>-<zone>`, on nodes of the zone, whose
   * servers have the label `zone`; `replicas` is the number of all of them.
   */
  zones?: Zone[];
}

/** What a group of stores has, so that placement policies can name them. */
export interface LabeledGroupSpec {
  /**
   * Whether the stores take only data of placement policies that name the group: they have the label `$group`, whose value
   * is the group's name.
   * @default false
   */
  exclusive?: boolean;
  /**
   * Whether the stores have the label `group`, whose value is the group's name.
   * @default false
   */
  groupLabel?: boolean;
}

/** How the Service over all zones picks a server. `PreferSameZone` and `PreferSameNode` need Kubernetes 1.34. */
export type TrafficDistribution = 'PreferClose' | 'PreferSameNode' | 'PreferSameZone';

/** What a group of SQL servers has beside its zones. */
export interface ZonedServiceSpec {
  /**
   * Which servers the Service over all zones prefers; for a group with `zones` and `service`.
   * @default PreferClose
   */
  trafficDistribution?: TrafficDistribution;
}

/** The fields by which a group says where its servers are, and which data its stores take. */
const PLACES: readonly string[] = ['zones', 'exclusive', 'groupLabel', 'trafficDistribution'];

export function isPlace(field: string): boolean {
  return PLACES.includes(field);
}

/** Whether the spec of a group has one of them. */
export function hasPlaces(spec: object | undefined): boolean {
  return spec !== undefined && PLACES.some((field) => field in spec);
}

/** What a zone says, however it is written. */
export function zoneOf(zone: Zone): ZoneSpec {
  return typeof zone === 'string' ? { name: zone } : zone;
}

/** What the servers of a group in one of its zones are called. */
export function nameInZone(group: string, zone: Zone): string {
  const { name, keepsName } = zoneOf(zone);
  return keepsName ? group : `${group}-${name}`;
}
