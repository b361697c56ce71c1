import { totalQuantity, ZONED_GROUP } from '../api/index.ts';
import { byName, isGroupComponent, isGroupKind } from '../components/index.ts';
import { rolloutOf } from '../expand/index.ts';
import {
  type Claim,
  type ClusterObject,
  hasRegions,
  imageOf,
  renderedWorkload,
  type SourcedWorkload,
  type Workload,
} from '../plan/index.ts';
import { type MapValue, mapAt, mapsAt, textAt, valueAt } from '../yaml/index.ts';
import { baseCounterpart } from './base-counterpart.ts';
import { besideServers } from './beside.ts';
import { differencesOf, splitImage } from './differences.ts';
import { placementOf } from './placement.ts';
import { servicesOf } from './services.ts';
import type { Difference, PDService, Quantities, Range, Servers, Total } from './system.ts';

/** What else is known of servers beside their workload. */
export interface Context {
  /** The TidbCluster that they belong to, if it is among the resources. */
  readonly cluster: ClusterObject | undefined;
  readonly suspended: boolean;
  /** The Secrets that rendered Certificates make, as `namespace/name`. */
  readonly certified: ReadonlySet<string>;
  readonly joins: boolean;
  /** Which of PD's microservices they are, if they are one. */
  readonly service?: PDService;
}

export function serversOf(
  { workload, workloads: resources, resources: rendered, cluster: source }: SourcedWorkload,
  context: Context,
): Servers {
  const { suspended, joins, service } = context;
  const { owner, component, claims, replicas } = workload;
  const container = containers(workload).find(({ name }) => name === component) ?? {};
  const image = imageOf(workload);
  const own = owner.kind === 'TidbCluster' ? source : undefined;
  const differences = differencesFromBase(workload, resources, context);
  const { kind, namespace, name } = owner;
  const autoscaled = rangeOf(resources);
  const zoneOf = zonedGroup(workload);
  return {
    kind: isGroupKind(kind) ? kind : 'TidbCluster',
    namespace,
    name,
    ...(zoneOf !== undefined && { zoneOf }),
    component: service ?? component,
    joins,
    layer: byName[component].layer,
    statefulSet: service === undefined ? workload.set : `${name}-${service}`,
    image,
    version: splitImage(image).tag,
    ...(replicas !== undefined && { replicas }),
    ...(autoscaled !== undefined && { autoscaled }),
    suspended,
    requests: quantities(mapAt(container, 'resources', 'requests')),
    limits: quantities(mapAt(container, 'resources', 'limits')),
    volumes: claims
      .filter(isClaimed(service))
      .map(({ name: volume, size, storageClass }) => ({ name: volume, size, storageClass })),
    total: totalOf(workload, suspended, autoscaled?.min),
    placement: placementOf(workload, container, labelsFromNodes(component, own)),
    services: service === undefined ? servicesOf(workload, resources, own) : [],
    ...besideServers(workload, rendered, context.certified),
    ...(differences !== undefined && { differences }),
  };
}

/** A zone that keeps the name of the group is told by the label of its pods, where only what was rendered is there. */
function zonedGroup({ zone, owner: { name }, template }: Workload): string | undefined {
  if (zone !== undefined) return zone.group;
  const group = textAt(template, 'metadata', 'labels', ZONED_GROUP);
  return group === name ? group : undefined;
}

/** The range of the autoscaler among what a group was rendered into. */
function rangeOf(resources: readonly MapValue[]): Range | undefined {
  const found = resources.find(({ kind }) => kind === 'HorizontalPodAutoscaler');
  const { minReplicas: min, maxReplicas: max } = mapAt(found, 'spec');
  return typeof min === 'number' && typeof max === 'number' ? { min, max } : undefined;
}

/** PD's microservices keep no data, so they have no volume where none is asked for. */
function isClaimed(service: PDService | undefined): (claim: Claim) => boolean {
  return ({ size }) => service === undefined || size !== '';
}

function containers({ template }: Workload): MapValue[] {
  return mapsAt(template, 'spec', 'containers');
}

/** Without the volume's, which the API keeps beside the container's. */
function quantities(amounts: MapValue): Quantities {
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, String(amount)]));
}

function labelsFromNodes(component: Workload['component'], cluster: ClusterObject | undefined): string[] {
  return hasRegions({ component }) ? (cluster?.spec.tikv?.storeLabels ?? []) : [];
}

/** Of what is suspended nothing runs, but its volumes stay. */
function totalOf(workload: Workload, suspended: boolean, fewest = 0): Total {
  const { replicas = fewest, claims } = workload;
  const pods = suspended ? 0 : replicas;
  const all = [...containers(workload), ...additional(workload)];
  return {
    pods,
    cpu: totalQuantity(all.map((container) => [asked(container, 'cpu'), pods])),
    memory: totalQuantity(all.map((container) => [asked(container, 'memory'), pods])),
    storage: totalQuantity(claims.map(({ size }) => [size, replicas])),
  };
}

/** Kubernetes reserves as much as the limit if there is no request. */
function asked(container: MapValue, resource: string): string {
  const { requests = null, limits = null } = mapAt(container, 'resources');
  return String(valueAt(requests, resource) ?? valueAt(limits, resource) ?? '');
}

/** Containers beside a server that the operator runs; those of rendered pods are in the template. */
function additional({ template, component }: Workload): MapValue[] {
  return mapsAt(template, 'operator', 'own', 'additionalContainers').filter(({ name }) => name !== component);
}

/** How a group, or anything else that joins the cluster, differs from the base. */
function differencesFromBase(
  workload: Workload,
  resources: readonly MapValue[],
  { joins, cluster }: Context,
): Difference[] | undefined {
  const { owner } = workload;
  const component = byName[workload.component];
  if (!joins || cluster === undefined || !isGroupComponent(component)) return undefined;
  if (resources.length === 0) return undefined;
  const set = resources.find(({ kind }) => kind === 'StatefulSet');
  const counterpart = baseCounterpart(cluster, component, owner, rolloutOf(set));
  if (counterpart === undefined) return undefined;
  const { cluster: address, runner, replacesVolumes } = workload;
  const base = renderedWorkload({
    owner,
    component,
    cluster: address,
    workloads: counterpart,
    runner,
    replacesVolumes,
  });
  return differencesOf({ workload: base, resources: counterpart }, { workload, resources });
}
