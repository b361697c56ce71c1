import { type MapValue, mapAt, mapsAt, textAt } from '../list/index.ts';
import type { ClusterObject, Workload } from '../plan/index.ts';
import type { Port, Service } from './system.ts';
import { twinOf } from './twin.ts';

/** The Services by which others reach servers; headless ones only give pods their names. */
export function servicesOf(
  workload: Workload,
  resources: readonly MapValue[],
  cluster: ClusterObject | undefined,
): Service[] {
  if (workload.owner.kind !== 'TidbCluster') return resources.filter(isReachable).map(serviceOf);
  if (cluster === undefined) return [];
  const { component, owner, set: name } = workload;
  const { namespace } = owner;
  switch (component) {
    case 'tidb':
      return (twinOf(cluster, 'tidb', owner) ?? []).filter(isReachable).map(serviceOf);
    case 'pd': {
      const { type, portName } = cluster.spec.pd?.service ?? {};
      const ports = [{ name: portName || 'client', port: 2379 }];
      return [{ name, namespace, type: type || 'ClusterIP', ports }];
    }
    case 'tiproxy': {
      // The operator opens it on every node, whatever is asked for.
      const ports = [
        { name: 'tiproxy-api', port: 3080 },
        { name: 'tiproxy-sql', port: 6000 },
      ];
      return [{ name, namespace, type: 'NodePort', ports }];
    }
    default:
      return [];
  }
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
