import type { TiFlashSpec } from '../../api/index.ts';
import { fullName, listedAsWritten, type Member, PD_PORT, reachablePD } from '../../expand/index.ts';
import { PORTS as TIDB } from '../tidb/ports.ts';
import { POD_NAMESPACE, POD_NUMBER } from './templates.ts';

/** What TiFlash's configs say of who is where. */
export interface Addresses {
  /** Of the pod itself, with what stands for its number. */
  readonly own: string;
  readonly pd: string;
  readonly tidbStatus: string;
  /** All addresses of the pod, as they stand before a port. */
  readonly any: string;
}

export function addressesOf({ names, base, cluster, pd }: Member<TiFlashSpec>): Addresses {
  const { acrossK8s, clusterDomain } = cluster;
  const namespace = names.namespace ?? POD_NAMESPACE;
  const ownDomain = clusterDomain ? `.${clusterDomain}` : '';
  const tidb = `${base.name}-tidb${acrossK8s ? '-peer' : ''}`;
  return {
    own: `${names.server}-${POD_NUMBER}.${names.peer}.${namespace}.svc${ownDomain}`,
    pd: listedAsWritten(cluster) ?? pdName({ base, cluster, pd }),
    tidbStatus: `${fullName(base, tidb)}:${TIDB.status}`,
    any: cluster.preferIPv6 ? '[::]' : '0.0.0.0',
  };
}

/** With its namespace also where it is the group's own. */
function pdName(member: Pick<Member, 'base' | 'cluster' | 'pd'>): string {
  const { base, cluster } = member;
  if (cluster.acrossK8s) return reachablePD(member);
  return `${fullName(base, `${base.name}-pd`)}:${PD_PORT}`;
}
