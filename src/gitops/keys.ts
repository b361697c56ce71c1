/** Argo CD applies resources in the order of their waves, and waits for each to be healthy. */
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';
export const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';
/** `IgnoreExtraneous`: an Application stays in sync where the resource is in the cluster and is no longer rendered. */
export const COMPARE_OPTIONS = 'argocd.argoproj.io/compare-options';
/** kpt and Config Sync apply a resource once those that it names are there and ready. */
export const DEPENDS_ON = 'config.kubernetes.io/depends-on';
/** `detach`: kpt and Config Sync forget the resource where they would delete it. */
export const DELETION = 'client.lifecycle.config.k8s.io/deletion';
/** `disabled`: Flux leaves the resource in the cluster where it would delete it. */
export const FLUX_PRUNE = 'kustomize.toolkit.fluxcd.io/prune';
/** `disabled`: Flux puts no values in for `${…}` in the resource. */
export const FLUX_SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute';
/** kustomize and kpt keep resources with it out of the cluster; whatever its value, but for "false". */
export const LOCAL_CONFIG = 'config.kubernetes.io/local-config';

/** What a user can set on a group for all its resources: protecting its pods means protecting what they need. */
export const OF_ALL: readonly string[] = [SYNC_WAVE, SYNC_OPTIONS, COMPARE_OPTIONS, DELETION, FLUX_PRUNE];

/** What a user can set on a group, to override what would be written on its resources. */
export const ENGINE_KEYS: readonly string[] = [...OF_ALL, DEPENDS_ON, FLUX_SUBSTITUTE];
