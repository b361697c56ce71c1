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
