/** What keeps engines from deleting stores, and the TidbCluster of a group. */
export const KEPT: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  'client.lifecycle.config.k8s.io/deletion': 'detach',
};

/** The same as lines under `metadata.annotations`, in the order in which they are added. */
export const KEPT_LINES = Object.entries(KEPT)
  .map(([key, value]) => `    ${key}: ${value}\n`)
  .join('');

/** What engines are told of the first store group of a TidbCluster, where nobody says otherwise. */
export function toldOfStores(cluster: string, namespace: string): Record<string, string> {
  return {
    ...KEPT,
    'argocd.argoproj.io/sync-wave': '1',
    'config.kubernetes.io/depends-on': `pingcap.com/namespaces/${namespace}/TidbCluster/${cluster}`,
  };
}

/** Annotations by which kustomize and kpt hand resources to a function, and which must not come out of a build. */
export const HANDED_OVER =
  /config\.kubernetes\.io\/(?!depends-on)|(?<!lifecycle\.)config\.k8s\.io|needs-hash/;
