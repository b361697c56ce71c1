import type { TidbCluster, TidbClusterSpec } from '../api/index.ts';

/** PD's address. Every component's start script has it, so it is not in the folder of one. */
export const PD_PORT = 2379;

/**
 * PD's address, without a scheme: the full name where the short one would not be found, in another namespace or from
 * another Kubernetes. The cluster says where it is; what the group says of it counts where it does not.
 */
export function pdAddress(
  { metadata, spec }: TidbCluster,
  referred: string | undefined,
  own: string | undefined,
): string {
  const listed = spec.startScriptVersion === 'v2' ? listedPDs(spec) : '';
  if (listed !== '') return listed;
  const service = `${metadata.name}-pd`;
  const namespace = metadata.namespace || referred || own;
  if (namespace === undefined || (namespace === own && !spec.acrossK8s)) return `${service}:${PD_PORT}`;
  const domain = spec.clusterDomain ? `.${spec.clusterDomain}` : '';
  return `${service}.${namespace}.svc${domain}:${PD_PORT}`;
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
