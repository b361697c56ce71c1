import { type Item, isMap, type MapValue, metadataOf, setOwn } from '../list/index.ts';

/**
 * Domains of labels and annotations that mean the very resource they stand on: what kubectl, kustomize, kpt, Helm, Argo
 * CD, Flux, kapp, Fleet and Config Sync note there or act upon, and what TiDB Operator and this project read.
 */
const OF_ITS_OWN =
  /^(?:[^/]+\.)?(?:pingcap\.com|config\.kubernetes\.io|config\.k8s\.io|kubectl\.kubernetes\.io|kpt\.dev|helm\.sh|argoproj\.io|fluxcd\.io|k14s\.io|cattle\.io|configsync\.gke\.io|configmanagement\.gke\.io)\//;

/**
 * A workload with the labels and annotations of the group that it was made from, as a transformer or a user has put them
 * there. What the resource has itself counts. They go into its own metadata alone: a selector cannot change, and pods
 * would restart with their template. A TidbCluster has them already, as TiDB Operator reads some.
 */
export function withMetadataOf([group]: readonly Item[], resource: MapValue): MapValue {
  if (group === undefined || resource.kind === 'TidbCluster') return resource;
  const of = metadataOf(group.object);
  const metadata = metadataOf(resource);
  const labels = carriedOver(of, metadata, 'labels');
  const annotations = carriedOver(of, metadata, 'annotations');
  if (labels === undefined && annotations === undefined) return resource;
  const carried = { ...(labels && { labels }), ...(annotations && { annotations }) };
  return { ...resource, metadata: { ...metadata, ...carried } };
}

/** What a resource comes to have under a key of its metadata; undefined where nothing is carried over. */
function carriedOver(from: MapValue, to: MapValue, key: 'labels' | 'annotations'): MapValue | undefined {
  const given = from[key];
  const own = to[key];
  const all: MapValue = own !== undefined && isMap(own) ? { ...own } : {};
  const before = Object.keys(all).length;
  for (const [name, value] of given !== undefined && isMap(given) ? Object.entries(given) : []) {
    if (typeof value === 'string' && !Object.hasOwn(all, name) && !OF_ITS_OWN.test(name))
      setOwn(all, name, value);
  }
  return Object.keys(all).length > before ? all : undefined;
}
