import { GENERATED_BY } from '../api/index.ts';
import { useOfFiles } from '../gitops/index.ts';
import { addressOf, type Snapshot, type Workload } from '../plan/index.ts';
import { type MapValue, mapsAt, textAt } from '../yaml/index.ts';
import type { Servers } from './system.ts';

/** The Secrets that rendered Certificates make, as `namespace/name`. */
export function certifiedSecrets({ groups, ofClusters = [] }: Snapshot): ReadonlySet<string> {
  const all = [...ofClusters, ...groups.flatMap(({ resources }) => resources)];
  const secrets = all
    .filter(({ kind }) => kind === 'Certificate')
    .map((one) => `${textAt(one, 'metadata', 'namespace')}/${textAt(one, 'spec', 'secretName')}`);
  return new Set(secrets);
}

/** By what Prometheus finds the servers of TidbClusters, by the addresses of these. */
export function monitorsIn({ ofClusters = [] }: Snapshot): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const resource of ofClusters) {
    const [namespace, name] = [
      textAt(resource, 'metadata', 'namespace'),
      textAt(resource, 'metadata', 'name'),
    ];
    if (resource.kind !== 'PodMonitor' && useOfFiles(name) !== 'scrape-config') continue;
    const [, owner = ''] = textAt(resource, 'metadata', 'annotations', GENERATED_BY).split('/');
    found.set(addressOf({ namespace, name: owner }), `${resource.kind} ${name}`);
  }
  return found;
}

/** What servers have beside their workload, as far as it was rendered. */
export function besideServers(
  { owner, template }: Workload,
  resources: readonly MapValue[],
  certified: ReadonlySet<string>,
): Pick<Servers, 'certificates' | 'networkPolicy'> {
  const mounted = mapsAt(template, 'spec', 'volumes').map((volume) => textAt(volume, 'secret', 'secretName'));
  const certificates = mounted.filter((secret) => certified.has(`${owner.namespace}/${secret}`));
  const policy = resources.find(({ kind }) => kind === 'NetworkPolicy');
  return {
    ...(certificates.length > 0 && { certificates }),
    ...(policy !== undefined && { networkPolicy: textAt(policy, 'metadata', 'name') }),
  };
}
