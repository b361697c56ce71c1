/** On a TidbMonitor: the entries of its `spec.clusters` that a render added, sorted and separated by commas. */
export const ADDED_CLUSTERS = 'groups.pingcap.com/clusters';
