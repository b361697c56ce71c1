import { totalQuantity } from '../api/index.ts';
import { byName } from '../components/index.ts';
import {
  addressOf,
  type ClusterObject,
  flat,
  hasQuorum,
  keyOf,
  nameOf,
  type Snapshot,
  type SourcedWorkload,
  sourcedWorkloads,
} from '../plan/index.ts';
import { mapsAt } from '../yaml/index.ts';
import { certifiedSecrets, monitorsIn } from './beside.ts';
import { linksOf, type Surroundings } from './links.ts';
import { resumed } from './resumed.ts';
import { type Context, serversOf } from './servers.ts';
import type { Cluster, PDService, Servers, System, Total } from './system.ts';

/** The system that resources describe: every TidbCluster with all that joins it, in the order of the resources. */
export function systemOf(taken: Snapshot): System {
  const { snapshot, suspended } = resumed(taken);
  const certified = certifiedSecrets(snapshot);
  const monitors = monitorsIn(snapshot);
  const clusters = new Map(snapshot.clusters.map((cluster) => [addressOf(nameOf(cluster)), cluster]));
  const joined = new Map<string, Surroundings & { servers: Servers[] }>();
  for (const [address, cluster] of clusters) {
    if (joinedBy(cluster) === undefined) joined.set(address, noServers());
  }
  for (const member of [...sourcedWorkloads(snapshot).values()].flatMap(withMicroservices)) {
    const home = homeOf(member, clusters);
    const joins = home !== member.workload.cluster || member.workload.owner.kind !== 'TidbCluster';
    const context: Context = {
      cluster: clusters.get(home),
      suspended: suspended.has(keyOf(member.workload)),
      certified,
      joins,
      ...('service' in member && { service: member.service }),
    };
    const its = joined.get(home) ?? noServers();
    its.servers.push(serversOf(member, context));
    joined.set(home, {
      ...its,
      hasPD: its.hasPD || joins || hasQuorum(member.workload),
      writesBinlog: its.writesBinlog || writesBinlog(member),
    });
  }
  return {
    clusters: [...joined].map(([address, { servers, ...known }]) =>
      clusterOf(address, clusters.get(address), servers, { ...known, monitoredBy: monitors.get(address) }),
    ),
  };
}

function noServers(): Surroundings & { servers: Servers[] } {
  return { servers: [], hasPD: false, writesBinlog: false };
}

/** The operator turns it on where there is a Pump, unless somebody says otherwise; a group has to be told. */
function writesBinlog({ workload, cluster }: SourcedWorkload): boolean {
  if (byName[workload.component].layer !== 'sql') return false;
  if (workload.owner.kind === 'TidbCluster')
    return cluster?.spec.tidb?.binlogEnabled ?? cluster?.spec.pump !== undefined;
  const variables = mapsAt(workload.template, 'spec', 'containers').flatMap((container) =>
    mapsAt(container, 'env'),
  );
  return variables.some(({ name, value }) => name === 'BINLOG_ENABLED' && value === 'true');
}

/** The address of the TidbCluster whose PD a TidbCluster without its own joins. */
function joinedBy({ metadata, spec }: ClusterObject): string | undefined {
  if (!spec.cluster?.name || spec.pd) return undefined;
  return addressOf({
    namespace: spec.cluster.namespace || (metadata.namespace ?? ''),
    name: spec.cluster.name,
  });
}

function homeOf({ workload }: SourcedWorkload, clusters: ReadonlyMap<string, ClusterObject>): string {
  let home = workload.cluster;
  // A chain that leads back to itself joins nothing.
  for (const seen = new Set<string>(); !seen.has(home); ) {
    seen.add(home);
    const cluster = clusters.get(home);
    home = (cluster && joinedBy(cluster)) ?? home;
  }
  return home;
}

/** PD's microservices are servers as PD is, of another name. */
function withMicroservices(
  member: SourcedWorkload,
): (SourcedWorkload | (SourcedWorkload & { service: PDService }))[] {
  const { cluster, workload } = member;
  if (!hasQuorum(workload) || cluster === undefined) return [member];
  const services = (cluster.spec.pdms ?? []).map(({ name, ...pd }) => {
    const alone = { ...cluster, spec: { ...cluster.spec, pd } } as ClusterObject;
    const [its] = [...sourcedWorkloads({ clusters: [alone], groups: [] }).values()].filter((other) =>
      hasQuorum(other.workload),
    );
    return { ...(its ?? member), service: name };
  });
  return [member, ...services];
}

function clusterOf(
  address: string,
  cluster: ClusterObject | undefined,
  servers: readonly Servers[],
  { monitoredBy, ...known }: Surroundings & { readonly monitoredBy: string | undefined },
): Cluster {
  const [name = '', namespace = ''] = address.split('/').reverse();
  return {
    name,
    namespace,
    isThere: cluster !== undefined,
    version: cluster?.spec.version ?? '',
    tls: cluster?.spec.tlsCluster?.enabled ?? false,
    locationLabels: cluster === undefined ? [] : locationLabels(cluster),
    servers,
    total: sumOf(servers.map(({ total }) => total)),
    ...(monitoredBy !== undefined && { monitoredBy }),
    links: linksOf(servers, known),
  };
}

function locationLabels(cluster: ClusterObject): string[] {
  const members = sourcedWorkloads({ clusters: [cluster], groups: [] });
  const pd = [...members.values()].find(({ workload }) => hasQuorum(workload));
  const [file] = pd?.workload.configs ?? [];
  const value = file === undefined ? undefined : flat(file.table).get('replication.location-labels');
  return Array.isArray(value) ? value.map(String) : [];
}

/** The totals of several servers. */
export function sumOf(totals: readonly Total[]): Total {
  return {
    pods: totals.reduce((count, { pods }) => count + pods, 0),
    cpu: totalQuantity(totals.map(({ cpu }) => [cpu, 1])),
    memory: totalQuantity(totals.map(({ memory }) => [memory, 1])),
    storage: totalQuantity(totals.map(({ storage }) => [storage, 1])),
  };
}
