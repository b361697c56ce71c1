/** Where servers are found. */
export interface Place {
  /** '' if it is not known. */
  readonly namespace: string;
  /** The domain of the Kubernetes cluster, if addresses end in it. */
  readonly clusterDomain: string | undefined;
}

/** Every form of some names that a peer may know a server by, from within its namespace to the whole of it. */
export function sansOf(names: readonly string[], { namespace, clusterDomain }: Place): string[] {
  return names.flatMap((name) => {
    const full = `${name}.${namespace}.svc`;
    return [name, `${name}.${namespace}`, full, ...(clusterDomain ? [`${full}.${clusterDomain}`] : [])];
  });
}
