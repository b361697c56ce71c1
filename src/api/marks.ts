/** What this project writes on resources, and what people write on them for it: annotations, each by its name. */

/**
 * On what was generated, the kind and name of the group: `TiKVGroup/hot`. What is of two groups, as a TidbCluster may
 * be, has both, with a comma between them.
 */
export const GENERATED_BY = 'groups.pingcap.com/generated-by';

/**
 * On a TidbCluster: how many resources its groups came to, and a digest of what they are to the groups. It changes only
 * where a resource comes or goes, never with what it says.
 */
export const RENDERED = 'groups.pingcap.com/rendered';

/** On a TidbMonitor: the entries of its `spec.clusters` that a render added, sorted and separated by commas. */
export const ADDED_CLUSTERS = 'groups.pingcap.com/clusters';

/** Where people say that a danger is meant: `<code>@<hash of the change>`, several separated by commas. */
export const CONFIRM = 'groups.pingcap.com/confirm';

/** On a group, `"true"`: something that is not among the resources has the number of its pods. */
export const AUTOSCALED = 'groups.pingcap.com/autoscaled';

/** On a StatefulSet, `"true"`: its group is suspended, and so it has no replicas. */
export const SUSPENDED = 'groups.pingcap.com/suspended';
