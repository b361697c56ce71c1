/** Under these, all is for kustomize, kpt and functions alone. */
export const INTERNAL = 'internal.config.kubernetes.io/';
export const KUSTOMIZE = 'kustomize.config.k8s.io/';

/** The file of a resource within its package, and its position there: kpt's own, and those that kustomize writes too. */
export const PATH = 'config.kubernetes.io/path';
export const INDEX = 'config.kubernetes.io/index';
export const INTERNAL_PATH = 'internal.config.kubernetes.io/path';
export const INTERNAL_INDEX = 'internal.config.kubernetes.io/index';
/** The package of a resource: on every item that kpt hands to a function. */
export const PACKAGE = 'internal.config.kubernetes.io/package-path';
/** On every item that kustomize hands to a function. */
export const KUSTOMIZE_ID = 'kustomize.config.k8s.io/id';
/** By these, and nothing else, kustomize and kpt know an item again that comes back from a function. */
export const IDS: readonly string[] = ['internal.config.kubernetes.io/id', 'config.k8s.io/id'];
/** Where kustomize reads how to start a function. */
export const FUNCTION = 'config.kubernetes.io/function';
/** kustomize and kpt keep resources with it out of the cluster; whatever its value, but for "false". */
export const LOCAL_CONFIG = 'config.kubernetes.io/local-config';
/** kpt and Config Sync apply a resource once those that it names are there and ready. */
export const DEPENDS_ON = 'config.kubernetes.io/depends-on';
/** `detach`: kpt and Config Sync forget the resource where they would delete it. */
export const DELETION = 'client.lifecycle.config.k8s.io/deletion';
/** Which file and generator a resource is from, where a kustomization asks for it. */
export const ORIGIN = 'config.kubernetes.io/origin';

/** The annotations of a resource, as an item of a list has them. */
export interface Annotated {
  readonly name: string;
  annotation(key: string): string | undefined;
  annotations(): { readonly [key: string]: string };
}

/** Whether a resource with this value of `LOCAL_CONFIG` is kept out of the cluster. */
export function isLocal(value: string | undefined): boolean {
  return value !== undefined && value !== 'false';
}

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
