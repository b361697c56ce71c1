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

/** What engines are told by default of the first store group of a TidbCluster. */
export function toldOfStores(cluster: string, namespace: string): Record<string, string> {
  return {
    ...KEPT,
    'argocd.argoproj.io/sync-wave': '1',
    'config.kubernetes.io/depends-on': `pingcap.com/namespaces/${namespace}/TidbCluster/${cluster}`,
  };
}

/** Annotations that kustomize and kpt add for a function, and that must not appear in a build's output. */
export const HANDED_OVER =
  /config\.kubernetes\.io\/(?!depends-on)|(?<!lifecycle\.)config\.k8s\.io|needs-hash/;
