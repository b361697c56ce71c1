import type { PDGroup, PDSpec, TidbCluster } from '../../api/index.ts';
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

export function checkBeside(own: readonly PDGroup[], beside: Beside): Found[] {
  return [...own.flatMap((group) => addresses(group, beside)), ...sameMembers(own, beside)];
}

/** The TidbCluster can make the Service of a type that needs an address. */
function addresses(group: PDGroup, { cluster }: Beside): Found[] {
  const { service } = group.spec;
  const listed = listedType(cluster.spec.services);
  if (service?.clusterIP !== 'None' || service.type || listed === 'ClusterIP') return [];
  const message = `\`spec.service.clusterIP\` must not be "None", because \`spec.services\` of the TidbCluster "${cluster.metadata.name}" make the Service one of type "${listed}", which needs an address; write \`type: ClusterIP\` beside it`;
  return [{ group, code: 'service-field', path: ['spec', 'service', 'clusterIP'], message }];
}

/**
 * A member is named after its pod, whatever its namespace is, and PD refuses a second one of the name. With full names in
 * addresses, members have these, too. Names within a namespace are checked for all kinds.
 */
function sameMembers(own: readonly PDGroup[], { cluster, joined }: Beside): Found[] {
  if (hasFullNames(cluster)) return [];
  const withMembers = [cluster, ...joined].filter((one) => one.spec.pd?.replicas && !hasFullNames(one));
  const before = new Map<string, TidbCluster | PDGroup>(
    withMembers.map((one) => [one.metadata.name ?? '', one]),
  );
  const found: Found[] = [];
  for (const group of own.filter(({ spec }) => spec.replicas > 0)) {
    const { name = '', namespace = '' } = group.metadata;
    const other = before.get(name);
    if (other === undefined) before.set(name, group);
    else if ((other.metadata.namespace ?? '') !== namespace) {
      const where = `${other.kind} "${name}" (namespace "${other.metadata.namespace ?? ''}")`;
      const message = `\`metadata.name\` is "${name}", as in the ${where}: both have a member "${name}-pd-0", and PD refuses a second member of one name; rename the PDGroup`;
      found.push({ group, code: 'member-duplicate', path: ['metadata', 'name'], message });
    }
  }
  return found;
}

function hasFullNames({ spec }: TidbCluster): boolean {
  return Boolean(spec.acrossK8s || spec.clusterDomain);
}
