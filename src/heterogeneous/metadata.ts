import { isOfOrigin, isToolAnnotation } from '../krm/index.ts';
import { formatPath, type Problems } from '../problem/index.ts';
import { show } from '../text/index.ts';
import type { Group } from '../validate/index.ts';
import type { MapValue } from '../yaml/index.ts';

const INSTANCE = 'app.kubernetes.io/instance';

/** What tools say of the very resource that it stands on, which is the group. */
const OF_THE_GROUP = /^(?:groups\.pingcap\.com\/|kubectl\.kubernetes\.io\/last-applied-configuration$)/;

type Key = 'annotations' | 'labels';

/**
 * The labels and annotations of groups that become one TidbCluster. The operator reads some of both: where a label
 * gives it another name for the instance, it would look for its pods under that, so this one stays behind.
 */
export function metadataOfGroups(groups: readonly Group[], problems: Problems): { [key in Key]?: MapValue } {
  const labels = merged('labels', groups, (key) => key !== INSTANCE, problems);
  const annotations = merged(
    'annotations',
    groups,
    (key) => !isToolAnnotation(key) && !isOfOrigin(key) && !OF_THE_GROUP.test(key),
    problems,
  );
  return {
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

function merged(
  field: Key,
  groups: readonly Group[],
  isCarried: (key: string) => boolean,
  problems: Problems,
): MapValue {
  const all = new Map<string, { value: string; group: Group }>();
  for (const group of groups) {
    for (const [key, value] of Object.entries(group.object.metadata[field] ?? {})) {
      if (!isCarried(key)) continue;
      const before = all.get(key);
      if (before === undefined) all.set(key, { value, group });
      else if (before.value !== value) {
        const path = ['metadata', field, key];
        const { kind, metadata } = before.group.object;
        const message = `\`${formatPath(path)}\` is ${show(value)}, but ${show(before.value)} in the ${kind} "${metadata.name}", and both become one TidbCluster; write the same in both, or rename one of them`;
        problems.add('metadata-conflict', group.origin, path, message);
      }
    }
  }
  return Object.fromEntries([...all].map(([key, { value }]) => [key, value]));
}
