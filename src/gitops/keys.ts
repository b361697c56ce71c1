import { DELETION, DEPENDS_ON, isOfApply } from '../krm/index.ts';

/** Argo CD applies resources in the order of their waves, and waits for each to be healthy. */
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';
export const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';
/** `IgnoreExtraneous`: an Application stays in sync where the resource is in the cluster and is no longer rendered. */
export const COMPARE_OPTIONS = 'argocd.argoproj.io/compare-options';
/** `disabled`: Flux leaves the resource in the cluster where it would delete it. */
export const FLUX_PRUNE = 'kustomize.toolkit.fluxcd.io/prune';
/** `disabled`: Flux puts no values in for `${…}` in the resource. */
export const FLUX_SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute';

/** What a user can set on a group for all its resources: protecting its pods means protecting what they need. */
export const OF_ALL: readonly string[] = [SYNC_WAVE, SYNC_OPTIONS, COMPARE_OPTIONS, DELETION, FLUX_PRUNE];

/** What a user can set on a group, to override what would be written on its resources. */
export const ENGINE_KEYS: readonly string[] = [...OF_ALL, DEPENDS_ON, FLUX_SUBSTITUTE];

/** Whether an annotation is read by Argo CD, Flux, or those who apply as kpt does. */
export function isEngineKey(key: string): boolean {
  return (
    key.startsWith('argocd.argoproj.io/') || key.startsWith('kustomize.toolkit.fluxcd.io/') || isOfApply(key)
  );
}
