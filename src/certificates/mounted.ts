import type { ComponentName } from '../api/index.ts';
import { CLIENT_TLS, clusterTlsVolume, SQL_CLIENT_TLS, SQL_SERVER_TLS } from '../expand/index.ts';
import { type MapValue, mapsAt, textAt } from '../yaml/index.ts';
import type { Wanted } from './certificate.ts';
import type { Purpose } from './purposes.ts';

/** The certificates that the StatefulSets among the workloads of a component mount; a user's own volumes have other names. */
export function mountedCertificates(workloads: readonly MapValue[], component: ComponentName): Wanted[] {
  const names = namesOf(workloads);
  const servers = workloads.filter(isSet).map((set) => `*.${textAt(set, 'metadata', 'name')}`);
  const namesFor: { readonly [purpose in Purpose]: readonly string[] } = {
    servers: names,
    client: [],
    // TiDB Operator's pages have these for MySQL clients, too.
    'SQL servers': [...names, ...servers],
    'SQL client': [],
  };
  const purposes = new Map<string, Purpose>([
    [clusterTlsVolume(component), 'servers'],
    [CLIENT_TLS, 'client'],
    [SQL_SERVER_TLS, 'SQL servers'],
    [SQL_CLIENT_TLS, 'SQL client'],
  ]);
  return workloads.filter(isSet).flatMap((set) =>
    mapsAt(set, 'spec', 'template', 'spec', 'volumes').flatMap((volume): Wanted[] => {
      const purpose = purposes.get(textAt(volume, 'name'));
      const secret = textAt(volume, 'secret', 'secretName');
      if (purpose === undefined || secret === '') return [];
      return [{ secret, purpose, names: namesFor[purpose] }];
    }),
  );
}

/** The names of the Services of some workloads, and of their StatefulSets, as the Services of most are called. */
function namesOf(workloads: readonly MapValue[]): string[] {
  const names = new Set<string>();
  const pods = new Set<string>();
  for (const set of workloads.filter(isSet)) {
    names.add(textAt(set, 'metadata', 'name'));
    pods.add(`*.${textAt(set, 'spec', 'serviceName')}`);
  }
  for (const service of workloads)
    if (service.kind === 'Service') names.add(textAt(service, 'metadata', 'name'));
  return [...names, ...pods];
}

function isSet({ kind }: MapValue): boolean {
  return kind === 'StatefulSet';
}

/** Each Secret once: servers that share one have a certificate with the names of all of them. */
export function oncePerSecret(wanted: readonly Wanted[]): Wanted[] {
  const found = new Map<string, Wanted>();
  for (const one of wanted) {
    const before = found.get(one.secret);
    const names = [...new Set([...(before?.names ?? []), ...one.names])];
    found.set(one.secret, { ...(before ?? one), names });
  }
  return [...found.values()];
}
