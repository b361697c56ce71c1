import type { Snapshot, Workload } from '../plan/index.ts';
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
