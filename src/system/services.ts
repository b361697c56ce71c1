import { byName, isGroupComponent } from '../components/index.ts';
import type { ClusterObject, Workload } from '../plan/index.ts';
import { type MapValue, mapAt, mapsAt, textAt } from '../yaml/index.ts';
import { baseCounterpart } from './base-counterpart.ts';
import type { Port, Service } from './system.ts';

/** The Services by which others reach servers; headless ones only give pods their names. */
export function servicesOf(
  workload: Workload,
  resources: readonly MapValue[],
  cluster: ClusterObject | undefined,
): Service[] {
  if (workload.owner.kind !== 'TidbCluster') return resources.filter(isReachable).map(serviceOf);
  if (cluster === undefined) return [];
  const component = byName[workload.component];
  if (!isGroupComponent(component)) return [];
  return (baseCounterpart(cluster, component, workload.owner, 'Plain') ?? [])
    .filter(isReachable)
    .map(serviceOf);
}

function isReachable({ kind, spec = null }: MapValue): boolean {
  return kind === 'Service' && textAt(spec, 'clusterIP') !== 'None';
}

function serviceOf(resource: MapValue): Service {
  const spec = mapAt(resource, 'spec');
  return {
    name: textAt(resource, 'metadata', 'name'),
    namespace: textAt(resource, 'metadata', 'namespace'),
    type: textAt(spec, 'type') || 'ClusterIP',
    ports: mapsAt(spec, 'ports').map(portOf),
  };
}

function portOf({ name, port, nodePort }: MapValue): Port {
  return {
    name: typeof name === 'string' ? name : '',
    port: Number(port),
    ...(typeof nodePort === 'number' && { nodePort }),
  };
}
