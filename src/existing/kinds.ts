/** Kinds whose contents, and not only their names, tell whether they do what one of ours would; by the group of their API. */
const WATCHED: { readonly [kind: string]: string } = {
  PodDisruptionBudget: 'policy/',
  PodMonitor: 'monitoring.coreos.com/',
  ServiceMonitor: 'monitoring.coreos.com/',
};

/** Whether users' resources of a kind are read, to see whether they do what one of ours would. */
export function isWatched(apiVersion: string, kind: string): boolean {
  const group = Object.hasOwn(WATCHED, kind) ? WATCHED[kind] : undefined;
  return group !== undefined && apiVersion.startsWith(group);
}
