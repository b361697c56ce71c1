interface Texts {
  readonly [key: string]: unknown;
}

export const MOUNTS_CONFIG = 'tiflash.tidb.pingcap.com/mount-cm-in-tiflash-container';

/**
 * Whether the server reads its configs right from the ConfigMap, and gets what is different for each pod as arguments.
 * Otherwise an init container makes them of the ConfigMap's templates. Only the group's own annotation counts.
 */
export function isMounted({ annotations }: { readonly annotations?: Texts }): boolean {
  return annotations?.[MOUNTS_CONFIG] === 'true';
}
