import type { TidbCluster, TidbClusterSpec } from '../api/index.ts';

/** Where PD is asked. Every component's start script has it, so it is not in the folder of one. */
export const PD_PORT = 2379;

/** Where a TidbCluster is, as seen from a group. */
export interface Base {
  readonly name: string;
  /** Undefined where neither says it: then it is the group's own, which whoever applies both gives them. */
  readonly namespace: string | undefined;
  /** Whether its short names are found from there. */
  readonly isNear: boolean;
  /** What its full names end in; undefined where that is the group's own, and so need not be said. */
  readonly domain: string | undefined;
}

/** The cluster says where it is; what the group says of it counts where it does not. */
export function baseOf(
  { metadata, spec }: TidbCluster,
  referred: string | undefined,
  own: string | undefined,
): Base {
  const namespace = metadata.namespace || referred || own;
  const isNear = namespace === undefined || (namespace === own && !spec.acrossK8s);
  const domain = isNear ? undefined : spec.clusterDomain || undefined;
  return { name: metadata.name ?? '', namespace, isNear, domain };
}

/** The name of one of a TidbCluster's Services with its namespace, where that is known. */
export function fullName({ namespace, domain }: Base, service: string): string {
  if (namespace === undefined) return service;
  return `${service}.${namespace}.svc${domain === undefined ? '' : `.${domain}`}`;
}

/**
 * PD's address as servers are told it, and that of its Service, without a scheme: the full name where the short one would
 * not be found, in another namespace or from another Kubernetes. The cluster says where it is; what the group says of it counts where it does not.
 */
export function pdAddresses(
  base: TidbCluster,
  referred: string | undefined,
  own: string | undefined,
): { pd: string; pdService: string } {
  const { spec } = base;
  const pdService = serviceAddress(base, referred, own);
  const listed = spec.startScriptVersion === 'v2' ? listedPDs(spec) : '';
  return { pd: listed || pdService, pdService };
}

/** The address of PD's Service, whatever `pdAddresses` says. */
function serviceAddress(cluster: TidbCluster, referred: string | undefined, own: string | undefined): string {
  const base = baseOf(cluster, referred, own);
  const service = `${base.name}-pd`;
  return `${base.isNear ? service : fullName(base, service)}:${PD_PORT}`;
}

/**
 * The same for kinds that TiDB Operator's own discovery tells of PD: across Kubernetes clusters it names the headless
 * Service, because a cluster IP does not reach into another one.
 */
export function reachablePD({
  base,
  cluster,
  pd,
}: {
  readonly base: Base;
  readonly cluster: TidbClusterSpec;
  readonly pd: string;
}): string {
  if (!cluster.acrossK8s || listedAsWritten(cluster) !== undefined) return pd;
  return `${fullName(base, `${base.name}-pd-peer`)}:${PD_PORT}`;
}

/** The hosts of `pdAddresses` where they count; none where they do not. */
export function listedHosts(cluster: TidbClusterSpec): string[] {
  return listedAsWritten(cluster) === undefined ? [] : (cluster.pdAddresses ?? []).map(hostOf);
}

/** `pdAddresses` where they count, with whatever schemes and ports were written. */
export function listedAsWritten(cluster: TidbClusterSpec): string | undefined {
  if (cluster.startScriptVersion !== 'v2' || listedPDs(cluster) === '') return undefined;
  return cluster.pdAddresses?.join(',');
}

/** `pdAddresses` counts only with this flag, and only for its hosts: the operator always takes PD's usual port. */
function listedPDs({ startScriptV2FeatureFlags, pdAddresses }: TidbClusterSpec): string {
  if (!startScriptV2FeatureFlags?.includes('PreferPDAddressesOverDiscovery')) return '';
  return (pdAddresses ?? []).map((address) => `${hostOf(address)}:${PD_PORT}`).join(',');
}

/** `pd-0.example.com` of `https://pd-0.example.com:2379/`; an IPv6 address keeps its brackets. */
function hostOf(address: string): string {
  const authority = address.replace(/^[A-Za-z]+:\/\//, '').replace(/[/?#].*$/s, '');
  return authority.replace(/^.*@/s, '').replace(/:\d*$/, '');
}
