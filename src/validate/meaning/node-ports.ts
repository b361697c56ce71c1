import type { TiDBServiceSpec, TidbCluster } from '../../api/index.ts';
import type { Problems } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { At, type Subject } from './at.ts';
import type { Group } from './group.ts';
import { servicePorts } from './service-ports.ts';

/** A port of the nodes can be only one Service's; checked where all Services are surely in one Kubernetes. */
export function checkNodePorts(
  cluster: Subject<TidbCluster>,
  groups: readonly Group[],
  problems: Problems,
): void {
  const owners = new Map<string, string>();
  const take = (owner: string, service: TiDBServiceSpec | undefined, at: At) => {
    if (service?.type !== 'NodePort' && service?.type !== 'LoadBalancer') return;
    for (const { port, nodePort } of servicePorts(service, at)) {
      if (!port.nodePort) continue;
      const key = `${port.protocol || 'TCP'} ${port.nodePort}`;
      const before = owners.get(key) ?? owner;
      if (before !== owner) {
        const message = `is "${port.nodePort}", which is a port of ${before} on the same nodes; give one of them another port`;
        nodePort.add('collision', message);
      }
      owners.set(key, before);
    }
  };
  const { object, origin } = cluster;
  take(
    `the TidbCluster ${show(origin.id.name)}`,
    object.spec.tidb?.service,
    new At(origin, problems, ['spec', 'tidb', 'service']),
  );
  for (const group of groups) {
    if (group.object.kind !== 'TiDBGroup') continue;
    const owner = `the TiDBGroup ${show(group.origin.id.name)}`;
    take(owner, group.object.spec.service, new At(group.origin, problems, ['spec', 'service']));
  }
}
