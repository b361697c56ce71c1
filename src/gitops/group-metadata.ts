import { DOMAINS } from '../krm/index.ts';
import { type Item, metadataOf } from '../list/index.ts';
import { isMap, type MapValue, setOwn, type Value } from '../yaml/index.ts';

/**
 * Domains of labels and annotations that concern only the resource they are on: what kubectl, kustomize, kpt, Helm,
 * Argo CD, Flux, kapp, Fleet and Config Sync store or act on, and what TiDB Operator and this project read.
 */
const OF_ITS_OWN = [
  'pingcap.com',
  ...DOMAINS,
  'kubectl.kubernetes.io',
  'kpt.dev',
  'helm.sh',
  'argoproj.io',
  'fluxcd.io',
  'k14s.io',
  'cattle.io',
  'configsync.gke.io',
  'configmanagement.gke.io',
];

function isOfItsOwn(name: string): boolean {
  const slash = name.indexOf('/');
  const domain = name.slice(0, Math.max(0, slash));
  return OF_ITS_OWN.some((own) => domain === own || domain.endsWith(`.${own}`));
}

/** The metadata that a group copies to all its resources. */
const HANDED_ON = new WeakMap<Item, { readonly labels: MapValue; readonly annotations: MapValue }>();

function handedOnBy(group: Item): { readonly labels: MapValue; readonly annotations: MapValue } {
  const known = HANDED_ON.get(group);
  if (known !== undefined) return known;
  const { labels, annotations } = metadataOf(group.object);
  const found = { labels: textsToHandOn(labels), annotations: textsToHandOn(annotations) };
  HANDED_ON.set(group, found);
  return found;
}

function textsToHandOn(given: Value | undefined): MapValue {
  const found: MapValue = {};
  for (const [name, value] of given !== undefined && isMap(given) ? Object.entries(given) : []) {
    if (typeof value === 'string' && !isOfItsOwn(name)) setOwn(found, name, value);
  }
  return found;
}

/**
 * A workload with the labels and annotations of the group that it was made from, as a transformer or a user has put them
 * there. What the resource has itself counts. They go into its own metadata alone: a selector cannot change, and pods
 * would restart with their template. A TidbCluster has them already, as TiDB Operator reads some.
 */
export function withMetadataOf([group]: readonly Item[], resource: MapValue): MapValue {
  if (group === undefined || resource.kind === 'TidbCluster') return resource;
  const of = handedOnBy(group);
  const metadata = metadataOf(resource);
  const labels = carriedOver(of.labels, metadata.labels);
  const annotations = carriedOver(of.annotations, metadata.annotations);
  if (labels === undefined && annotations === undefined) return resource;
  const carried = { ...(labels && { labels }), ...(annotations && { annotations }) };
  return { ...resource, metadata: { ...metadata, ...carried } };
}

/** The texts of a resource with those that it has not; undefined if it has all. */
function carriedOver(given: MapValue, own: Value | undefined): MapValue | undefined {
  const all: MapValue = own !== undefined && isMap(own) ? { ...own } : {};
  const missing = Object.entries(given).filter(([name]) => !Object.hasOwn(all, name));
  if (missing.length === 0) return undefined;
  for (const [name, value] of missing) setOwn(all, name, value);
  return all;
}
