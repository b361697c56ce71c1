import type { ComponentName } from '../api/index.ts';
import { byName, isGroupComponent } from '../components/index.ts';
import type { ConfigTable } from '../config/index.ts';
import type { MapValue, Value } from '../yaml/index.ts';

/** What a resource is called. `namespace` is '' if none is written. */
export interface ResourceName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** `TiKVGroup db/hot`. */
export function titleOf({ kind, namespace, name }: ResourceName): string {
  return `${kind} ${addressOf({ namespace, name })}`;
}

/** `db/hot`. */
export function addressOf({ namespace, name }: Omit<ResourceName, 'kind'>): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

/** A volume that each pod claims. */
export interface Claim {
  readonly name: string;
  /** As written in Kubernetes' canonical form; '' if none is written. */
  readonly size: string;
  readonly storageClass: string;
  readonly attributesClass: string;
  /** The whole template, for whatever else may differ. */
  readonly template: Value;
}

/** The zone of a group that servers are in, and the name of the group. */
export interface ZoneOf {
  readonly name: string;
  readonly group: string;
}

/** A Job that drains stores. */
export interface Drain {
  readonly job: string;
  /** So many stores stay. */
  readonly to: number;
  /** The engine that waits for it before it applies the StatefulSet; '' if that is not known. */
  readonly awaitedBy: string;
  /** Whether it has the sync wave of its StatefulSet, because its TidbCluster waits for these stores. */
  readonly isAlong: boolean;
}

/** A config file of the server. TiFlash has two. */
export interface ConfigFile {
  readonly name: string;
  readonly table: ConfigTable;
}

/**
 * The servers of a group, or of a component of a TidbCluster: one StatefulSet, with everything about a change that
 * matters to people.
 */
export interface Workload {
  /** The group, or the TidbCluster. */
  readonly owner: ResourceName;
  readonly component: ComponentName;
  /** Address of the TidbCluster that it belongs to, such as `db/basic`; '' if the resources do not tell. */
  readonly cluster: string;
  /** Who runs the pods; Kubernetes neither drains a store nor resizes a volume. */
  readonly runner: 'Kubernetes' | 'TiDB Operator';
  /** Name of the StatefulSet. */
  readonly set: string;
  /** Undefined if somebody else, such as an autoscaler, has the number. */
  readonly replicas: number | undefined;
  /**
   * Whether it has no pods for now: its StatefulSet is not there, or has no replicas until the group is no longer
   * suspended.
   */
  readonly suspended: boolean;
  readonly updateStrategy: 'RollingUpdate' | 'OnDelete';
  /** The StatefulSet as far as it is known; of components that no group has it is not. */
  readonly resource: MapValue | undefined;
  /** The pod template, as it is written. Of components that no group has, it stands for theirs. */
  readonly template: MapValue;
  /** Fields that Kubernetes refuses to change, by their paths in the StatefulSet's spec, as they are written. */
  readonly fixed: Readonly<Record<'selector' | 'serviceName' | 'podManagementPolicy', Value>>;
  readonly claims: readonly Claim[];
  readonly configs: readonly ConfigFile[];
  /** Where the server keeps its data; '' if that is not known. */
  readonly dataDir: string;
  /** PD's address as the server is told it, without scheme; '' if that is not known. */
  readonly pd: string;
  readonly tls: { readonly cluster: boolean; readonly client: boolean };
  /** Undefined if no Job drains it. */
  readonly drain: Drain | undefined;
  /** Argo CD's sync wave; 0 where none is written. */
  readonly wave: number;
  /** Whether the operator replaces volumes whose templates change. */
  readonly replacesVolumes: boolean;
  /** Undefined if the group has none, or the resources do not tell. */
  readonly zone?: ZoneOf;
}

/** Whether it has a StatefulSet, be it one without replicas. */
export function hasSet({ resource, suspended }: Pick<Workload, 'resource' | 'suspended'>): boolean {
  return resource !== undefined || !suspended;
}

/** Identifies a workload on both sides of a comparison. */
export function keyOf({ owner, component }: Pick<Workload, 'owner' | 'component'>): string {
  return `${titleOf(owner)} ${component}`;
}

/** `TiKVGroup db/hot`, or `TidbCluster db/basic: pd`. */
export function workloadTitle({ owner, component }: Pick<Workload, 'owner' | 'component'>): string {
  return isOfBase({ owner }) ? `${titleOf(owner)}: ${component}` : titleOf(owner);
}

/** Whether they are stores: before one is removed, its regions must be moved. */
export function hasRegions({ component }: Pick<Workload, 'component'>): boolean {
  return byName[component].keeps === 'regions';
}

/** Whether they are stores of columns, of which a table has as many replicas as somebody asked for. */
export function hasColumns({ component }: Pick<Workload, 'component'>): boolean {
  return byName[component].keeps === 'columns';
}

/** Whether they are a part of the TidbCluster, and no group. */
export function isOfBase({ owner }: Pick<Workload, 'owner'>): boolean {
  return owner.kind === 'TidbCluster';
}

/** Whether a group can have servers like these. */
export function canBeGroup({ component }: Pick<Workload, 'component'>): boolean {
  return isGroupComponent(byName[component]);
}

/** Whether they are PD, whose config says how replicas are placed. */
export function hasQuorum({ component }: Pick<Workload, 'component'>): boolean {
  return byName[component].keeps === 'quorum';
}

/** The server's container among those of its pods. */
export function serverOf({ template, component }: Pick<Workload, 'template' | 'component'>): MapValue {
  const { spec } = template;
  const containers = typeof spec === 'object' && spec !== null && 'containers' in spec ? spec.containers : [];
  const maps = Array.isArray(containers) ? containers : [];
  for (const container of maps) {
    if (isContainer(container) && container.name === component) return container;
  }
  return {};
}

function isContainer(value: Value): value is MapValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function imageOf(workload: Pick<Workload, 'template' | 'component'>): string {
  const { image } = serverOf(workload);
  return typeof image === 'string' ? image : '';
}
