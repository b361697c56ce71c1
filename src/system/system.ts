import type { ComponentName, GroupKind } from '../api/index.ts';
import type { ServerLayer } from '../components/index.ts';

/** What runs, cluster by cluster. */
export interface System {
  readonly clusters: readonly Cluster[];
}

/** A TidbCluster, with everything that joins its PD: groups, and TidbClusters without a PD of their own. */
export interface Cluster {
  /** Name of the TidbCluster; empty if the resources do not tell. */
  readonly name: string;
  /** Namespace of the TidbCluster; empty if none is written. */
  readonly namespace: string;
  /** Whether the TidbCluster itself is among the resources. */
  readonly isThere: boolean;
  /** The version that all of its servers have unless they say otherwise; empty if none is written. */
  readonly version: string;
  /** Whether its servers speak TLS to each other. */
  readonly tls: boolean;
  /** Labels of stores by which PD keeps the copies of data apart, the widest first; from PD's config. */
  readonly locationLabels: readonly string[];
  /** Those of the base in the order of TiDB Operator, then those of groups. */
  readonly servers: readonly Servers[];
  /** The totals of its servers. */
  readonly total: Total;
  /** By what Prometheus finds its servers, such as `PodMonitor basic`; absent if nothing is rendered for it. */
  readonly monitoredBy?: string;
  /** Who talks to whom. */
  readonly links: readonly Link[];
}

/** The servers of a group, or of a component of a TidbCluster: what runs as one StatefulSet. */
export interface Servers {
  /** What they are described by. */
  readonly kind: 'TidbCluster' | GroupKind;
  readonly namespace: string;
  readonly name: string;
  /** Name of the group that they are a zone of; absent for those of a group without zones. */
  readonly zoneOf?: string;
  readonly component: ServerComponent;
  /** Whether they belong to a group, or to a TidbCluster that joins another one. */
  readonly joins: boolean;
  readonly layer: ServerLayer;
  /** Name of their StatefulSet. */
  readonly statefulSet: string;
  readonly image: string;
  /** Tag of the image; empty if it has none. */
  readonly version: string;
  /** How many there should be; absent if something else, such as an autoscaler, controls the number. */
  readonly replicas?: number;
  /** Between which numbers a rendered autoscaler keeps them; absent if none is rendered. */
  readonly autoscaled?: Range;
  /** Whether none of them run for now, while their volumes stay. */
  readonly suspended: boolean;
  /** What is reserved for one server, by resource. */
  readonly requests: Quantities;
  /** The most that one server may use, by resource. */
  readonly limits: Quantities;
  /** What each pod claims. */
  readonly volumes: readonly Volume[];
  /** The totals of all pods, with all of their containers. */
  readonly total: Total;
  readonly placement: Placement;
  /** Through which others reach them. Headless Services are left out. */
  readonly services: readonly Service[];
  /** The Secrets that they mount and rendered Certificates make; absent if there are none. */
  readonly certificates?: readonly string[];
  /** Name of the rendered NetworkPolicy that says who may reach them; absent if there is none. */
  readonly networkPolicy?: string;
  /** How they differ from those of the base; absent for the base, and if the base has none of the kind. */
  readonly differences?: readonly Difference[];
}

export type ServerComponent = ComponentName | PDService;

/** PD's microservices. */
export type PDService = 'tso' | 'scheduling';

export type Layer = 'clients' | ServerLayer;

/** The layers of servers, in the order in which a query goes through them. */
export const LAYERS: readonly ServerLayer[] = [
  'proxies',
  'sql',
  'binlogs',
  'stores',
  'changefeeds',
  'placement',
];

/** Amounts as Kubernetes writes them, by resource: `{cpu: 500m, memory: 4Gi}`. */
export interface Quantities {
  readonly [resource: string]: string;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface Volume {
  /** Name of the claim template. */
  readonly name: string;
  /** As Kubernetes writes it; empty if none is written. */
  readonly size: string;
  /** Empty if none is written: the default class. */
  readonly storageClass: string;
}

/** Amounts as Kubernetes writes them; "0" if nothing is requested. Of servers that are autoscaled, the fewest count. */
export interface Total {
  readonly pods: number;
  /** What is reserved; the limits if a container has only those. */
  readonly cpu: string;
  readonly memory: string;
  /** The requests of the volumes' claims. */
  readonly storage: string;
}

/** Where servers run, and what that says of the data on them. */
export interface Placement {
  /** Zones that nodes must be in, or in the labels of stores. */
  readonly zones: readonly string[];
  /** Labels that nodes must have, the zone's aside. */
  readonly nodes: Labels;
  /** Node labels over whose values the pods spread, or should. */
  readonly spreadOver: readonly string[];
  /** Labels of the servers themselves: of a store, those by which PD places data. */
  readonly labels: Labels;
  /** Keys of node labels that TiDB Operator copies to the stores. */
  readonly labelsFromNodes: readonly string[];
  /** What PD puts there: only data that a placement policy asks for by one of the labels, or that of any table. */
  readonly data: 'of policies' | 'of any table' | 'none';
}

export interface Labels {
  readonly [key: string]: string;
}

export interface Service {
  readonly name: string;
  readonly namespace: string;
  readonly type: string;
  readonly ports: readonly Port[];
}

export interface Port {
  readonly name: string;
  readonly port: number;
  /** The port on every node, where one is written. */
  readonly nodePort?: number;
}

/** A field that differs from the base. */
export interface Difference {
  /** As written in a group's spec; what no field of it has is named as in the StatefulSet's. */
  readonly field: string;
  /** The value in the base; what is no text is written as YAML on one line. Absent if it has none. */
  readonly base?: string;
  /** The value here, written alike; absent if there is none. */
  readonly here?: string;
}

/** Every server of one layer talks to every server of the other; clients go through the Services. */
export interface Link {
  readonly from: Layer;
  readonly to: ServerLayer;
  /** What for, in a word or two. */
  readonly purpose: string;
  readonly ports: readonly number[];
}
