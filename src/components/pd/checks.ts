import type { PDGroup, PDSpec } from '../../api/index.ts';
import type { Path } from '../../problem/index.ts';
import type { AnySpec } from '../any-spec.ts';
import type { Beside, Found } from '../component.ts';
import { listedType } from './service-type.ts';

export function ignored({ readinessProbe, service }: AnySpec): [path: Path, why: string][] {
  const found: [Path, string][] = [];
  if (readinessProbe?.type === 'command') {
    found.push([['readinessProbe', 'type'], 'on PD, which is always asked by TCP; remove it']);
  }
  for (const field of ['port', 'loadBalancerClass', 'loadBalancerSourceRanges'] as const) {
    if (service?.[field] === undefined) continue;
    // On other types nobody has these two, which is said of all Services.
    if (field !== 'port' && service.type !== 'LoadBalancer') continue;
    found.push([['service', field], "on PD's Service, which TiDB Operator makes without it; remove it"]);
  }
  return found;
}

export function ignoredInGroup({ mode, tlsClientSecretName }: PDSpec): [path: Path, why: string][] {
  const found: [Path, string][] = [];
  if (mode === 'ms') {
    found.push([
      ['mode'],
      'the microservices are those of `pdms` in a TidbCluster, which a group has none of; remove it',
    ]);
  }
  if (tlsClientSecretName) {
    const why =
      'TiDB Operator reads it only beside `tidb` with `tlsClient` in one TidbCluster; remove it: ' +
      "the dashboard of the TidbCluster's own PD asks TiDB";
    found.push([['tlsClientSecretName'], why]);
  }
  return found;
}

/** The TidbCluster can make the Service of a type that needs an address. */
export function checkBeside({ spec: { service } }: PDGroup, { cluster }: Beside): Found[] {
  const listed = listedType(cluster.spec.services);
  if (service?.clusterIP !== 'None' || service.type || listed === 'ClusterIP') return [];
  const message = `\`spec.service.clusterIP\` must not be "None", because \`spec.services\` of the TidbCluster "${cluster.metadata.name}" make the Service one of type "${listed}", which needs an address; write \`type: ClusterIP\` beside it`;
  return [{ code: 'service-field', path: ['spec', 'service', 'clusterIP'], message }];
}
