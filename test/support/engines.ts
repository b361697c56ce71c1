/** What engines are told of the first store group of a TidbCluster, where nobody says otherwise. */
export function toldOfStores(cluster: string, namespace: string): Record<string, string> {
  return {
    'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    'argocd.argoproj.io/sync-wave': '1',
    'client.lifecycle.config.k8s.io/deletion': 'detach',
    'config.kubernetes.io/depends-on': `pingcap.com/namespaces/${namespace}/TidbCluster/${cluster}`,
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  };
}

/** Annotations by which kustomize and kpt hand resources to a function, and which must not come out of a build. */
export const HANDED_OVER =
  /config\.kubernetes\.io\/(?!depends-on)|(?<!lifecycle\.)config\.k8s\.io|needs-hash/;
