import { API_VERSION, type TidbCluster } from '../api/index.ts';
import { expandGroup } from '../components/index.ts';
import { NOWHERE, Problems, type Subject } from '../problem/index.ts';
import type { Group } from '../validate/index.ts';

/** Stands in for a cluster that is missing or wrong itself. */
export const SOME_CLUSTER: Subject<TidbCluster> = {
  object: {
    apiVersion: API_VERSION,
    kind: 'TidbCluster',
    metadata: { name: 'some' },
    spec: { version: 'v0.0.0' },
  },
  origin: NOWHERE,
};

/** Adds what is wrong with a group regardless of its cluster, so that users see it before they fix the cluster. */
export function checkAlone(group: Group, problems: Problems): void {
  const found = new Problems();
  expandGroup({ group, cluster: { ...SOME_CLUSTER, origin: group.origin }, problems: found });
  for (const { severity, code, origin, path, message, part, spot } of found.all) {
    if (severity === 'error' && origin && path) problems.add(code, origin, path, message, part, spot);
  }
}
