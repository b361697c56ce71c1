import { FUNCTION, IDS, INDEX, INTERNAL, KUSTOMIZE, LOCAL_CONFIG, ORIGIN, PATH } from './annotations.ts';

/** Domains under which kustomize and kpt keep annotations, and read those of users. */
export const DOMAINS: readonly string[] = ['config.kubernetes.io', 'config.k8s.io'];

/** All annotations of the tools hold one of these: who wants manifests names them among the markers of his interest. */
export const TOOL_MARKERS: readonly string[] = DOMAINS.map((domain) => `${domain}/`);

/** What functions, kpt and those who apply keep under one name, users' settings among it. */
const SHARED = 'config.kubernetes.io/';

const ALL_OF = [INTERNAL, KUSTOMIZE];
const NAMES = [...IDS, INDEX, PATH, FUNCTION, LOCAL_CONFIG, 'config.kubernetes.io/package-path'];

/**
 * Annotations that kustomize and kpt write on the resources they hand to a function, and take off afterwards.
 * (clients.md of both tools; `config.kubernetes.io/depends-on` and `/origin` are users' own and stay.)
 */
export function isToolAnnotation(key: string): boolean {
  return NAMES.includes(key) || ALL_OF.some((domain) => key.startsWith(domain));
}

/** Annotations that say where a resource comes from, and which of kustomize's transformers have changed it. */
export function isOfOrigin(key: string): boolean {
  return key === ORIGIN || key.startsWith('alpha.config.kubernetes.io/');
}

/** Annotations that those read who apply resources as kpt does. */
export function isOfApply(key: string): boolean {
  return key.startsWith(SHARED) || key.startsWith('client.lifecycle.config.k8s.io/');
}

/** Annotations that no field of a workload comes from. */
export function isBesideFields(key: string): boolean {
  return key.startsWith(SHARED) || key.startsWith(INTERNAL);
}
