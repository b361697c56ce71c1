import type { CertificatesSpec, GroupOutput } from '../api/index.ts';
import {
  certificate,
  certificatesOfCluster,
  certificatesOfGroup,
  ISSUER_GROUP,
  type Wanted,
} from '../certificates/index.ts';
import { type Existing, withoutExisting } from '../existing/index.ts';
import { besideRunner } from '../gitops/index.ts';
import { isLocal, LOCAL_CONFIG } from '../krm/index.ts';
import { type Item, metadataOf } from '../list/index.ts';
import { allBy } from '../lookup/index.ts';
import type { Origin, Problems } from '../problem/index.ts';
import { makersOfSecrets } from '../validate/index.ts';
import type { MapValue } from '../yaml/index.ts';
import type { Expanded } from './expanded.ts';
import { reportIssuers } from './issuers.ts';
import { homesOf, type JoiningCluster } from './joining.ts';
import { type Offered, withOffered } from './offered.ts';
import type { Made } from './outcome.ts';

/** What certificates are made for. */
export interface Certified {
  readonly settings: CertificatesSpec;
  readonly output: GroupOutput;
  readonly copyMetadata: boolean;
  readonly joined: readonly Expanded[];
  readonly made: readonly Made[];
  readonly clusters: readonly CertifiedCluster[];
}

/** `protection` are the annotations by which engines keep it. */
type CertifiedCluster = JoiningCluster & { readonly protection: MapValue };

/** What was rendered, with certificates; those of TidbClusters; and the Secrets of all of them, as `namespace/name`. */
export interface WithCertificates {
  readonly made: Made[];
  readonly ofClusters: Made[];
  readonly secrets: ReadonlySet<string>;
}

/** Certificates for what servers with TLS mount, but for those that a user has or makes in another way. */
export function withCertificates(
  certified: Certified,
  items: readonly Item[],
  problems: Problems,
): WithCertificates {
  const asked = certificatesFor(certified, problems);
  const makers = makersOfSecrets(items);
  const left = withoutExisting(asked, ({ resource, item }) => makerOf(nameOf(resource), item), problems);
  if ((certified.settings.issuerGroup || ISSUER_GROUP) === ISSUER_GROUP) reportIssuers(left, items, problems);
  const { copyMetadata } = certified;
  const made = withOffered(certified.made, left, copyMetadata, 'first');
  const byItem = allBy(left, ({ item }) => [item]);
  const ofClusters = certified.clusters.flatMap((cluster): Made[] => {
    const { item, protection } = cluster;
    const runner = { metadata: { annotations: { ...item.annotations(), ...protection } } };
    const resources = (byItem.get(item) ?? []).map(({ resource }) =>
      besideRunner([item], runner, resource, copyMetadata),
    );
    return resources.length === 0 ? [] : [{ groups: [item], cluster, stem: 'certificates', resources }];
  });
  const secrets = new Set(left.map(({ item, resource }) => `${item.namespace}/${nameOf(resource)}`));
  return { made, ofClusters, secrets };

  function makerOf(secret: string, { namespace }: Item): Existing | undefined {
    const item = makers.get(`${namespace}/${secret}`) ?? makers.get(`/${secret}`);
    return item && { item, does: item.kind === 'Secret' ? 'is that Secret' : `makes the Secret "${secret}"` };
  }
}

function nameOf(resource: MapValue): string {
  return String(metadataOf(resource).name);
}

/** The certificates of all TidbClusters and groups, each Secret once. */
function certificatesFor({ settings, output, joined, clusters }: Certified, problems: Problems): Offered[] {
  const wanted = [
    ...clusters
      .filter(({ item }) => !isLocal(item.annotation(LOCAL_CONFIG)))
      .map((cluster) => ({ item: cluster.item, cluster, all: certificatesOfCluster(cluster.object) })),
    ...joined.map(({ item, group, cluster, services = [] }) => ({
      item,
      cluster,
      all: certificatesOfGroup(group.object, cluster.object, output === 'TidbCluster').map((one) =>
        one.names.length === 0 ? one : { ...one, names: [...new Set([...one.names, ...services])] },
      ),
    })),
  ].filter(({ all }) => all.length > 0);
  const homeOf = homesOf(clusters);
  const spread = new Set<Origin>();
  for (const [home, its] of allBy(wanted, ({ cluster }) => [homeOf(cluster)])) {
    const namespaces = new Set(its.map(({ item }) => item.namespace));
    if (namespaces.size > 1) spread.add(home);
  }
  const found = new Map<string, Offered>();
  for (const { item, cluster, all } of wanted) {
    if (item.namespace === '') {
      reportNamespace(item, all, problems);
      continue;
    }
    const kind = settings.issuerKind || (spread.has(homeOf(cluster)) ? 'ClusterIssuer' : 'Issuer');
    const place = { namespace: item.namespace, clusterDomain: cluster.object.spec.clusterDomain };
    for (const one of all) {
      const key = `${item.namespace}/${one.secret}`;
      const resource = certificate(one, place, { settings, kind });
      if (!found.has(key)) found.set(key, { item, resource, origin: item, path: ['metadata', 'name'] });
    }
  }
  return [...found.values()];
}

/** Peers know servers by names that end in their namespace. */
function reportNamespace(item: Item, [first]: readonly Wanted[], problems: Problems): void {
  const message = `\`metadata.namespace\` must be written, because the certificates of the servers name it, such as the one in "${first?.secret}"; write it here, or have kustomize or kpt set it before this function runs`;
  problems.add('certificate-namespace', item, ['metadata', 'name'], message);
}
