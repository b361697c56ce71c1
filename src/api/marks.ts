/** What this project writes on resources, and what people write on them for it: annotations, each by its name. */

/**
 * On generated resources, the kind and name of the group: `TiKVGroup/hot`. A resource of two groups, which a
 * TidbCluster may be, has both, separated by a comma.
 */
export const GENERATED_BY = 'groups.pingcap.com/generated-by';

/**
 * On a TidbCluster: the number of resources rendered from its groups, and a digest of their roles. It changes
 * only when a resource is added or removed, never with its contents.
 */
export const RENDERED = 'groups.pingcap.com/rendered';

/** On a TidbMonitor: the entries of its `spec.clusters` that a render added, sorted and separated by commas. */
export const ADDED_CLUSTERS = 'groups.pingcap.com/clusters';

/** Where people confirm a danger: `<code>@<hash of the change>`, several separated by commas. */
export const CONFIRM = 'groups.pingcap.com/confirm';

/** On a group, `"true"`: something that is not among the resources controls its number of pods. */
export const AUTOSCALED = 'groups.pingcap.com/autoscaled';

/** On a TiKVGroup, `"true"` or `"false"`: whether it has a Job that drains its stores, whatever the function config says. */
export const DRAIN = 'groups.pingcap.com/drain';

/** On a TiKVGroup: the Job drains it to so many replicas, while its StatefulSet keeps those that it has. */
export const DRAIN_TO = 'groups.pingcap.com/drain-to';

/** On a drain Job: the engine that waits for it before it applies the StatefulSet. */
export const AWAITED_BY = 'groups.pingcap.com/awaited-by';

/** On a TiKVGroup and its StatefulSet: to how many replicas somebody has drained it, so that a policy lets others go. */
export const DRAINED_TO = 'groups.pingcap.com/drained-to';

/** On a StatefulSet, `"true"`: its group is suspended, and so it has no replicas. */
export const SUSPENDED = 'groups.pingcap.com/suspended';

/** On a group: how it is rendered, `Safe` or `Plain`, whatever the function config says. On a StatefulSet: `Safe`. */
export const ROLLOUT = 'groups.pingcap.com/rollout';

/** A label of the pods of a group with zones: the group's own name, in whatever zone they are. */
export const ZONED_GROUP = 'groups.pingcap.com/group';

/** Whether the text of an annotation turns something on or off; undefined where it says neither. */
export function switchOf(text: string | undefined): boolean | undefined {
  if (text === 'true') return true;
  return text === 'false' ? false : undefined;
}
