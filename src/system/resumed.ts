import { expandQuietly } from '../components/index.ts';
import {
  type ClusterObject,
  type GroupState,
  keyOf,
  type Snapshot,
  sourcedWorkloads,
  withChanges,
} from '../plan/index.ts';
import { mapAt } from '../yaml/index.ts';

/** A suspended group has no StatefulSet to show, so it is shown as when it runs. */
export function resumed(snapshot: Snapshot): { snapshot: Snapshot; suspended: ReadonlySet<string> } {
  const members = [...sourcedWorkloads(snapshot).values()];
  const suspended = new Set(
    members.filter(({ workload }) => workload.suspended).map(({ workload }) => keyOf(workload)),
  );
  if (suspended.size === 0) return { snapshot, suspended };
  return {
    snapshot: {
      ...snapshot,
      clusters: snapshot.clusters.map(resumedCluster),
      groups: snapshot.groups.map(resumedGroup),
    },
    suspended,
  };
}

function resumedCluster(cluster: ClusterObject): ClusterObject {
  const spec = mapAt(cluster, 'spec');
  const components = Object.keys(spec).filter((key) => mapAt(spec, key).suspendAction !== undefined);
  const paths = [['spec', 'suspendAction'], ...components.map((key) => ['spec', key, 'suspendAction'])];
  return withChanges(
    cluster,
    paths.map((path) => ({ path, field: path.join('.') })),
  );
}

/** If only the render is known, its running form cannot be restored. */
function resumedGroup(state: GroupState): GroupState {
  if (state.source === undefined) return state;
  const { group, cluster } = state.source;
  const path = ['spec', 'suspendAction'];
  const running = withChanges(group, [{ path, field: path.join('.'), new: {} }]);
  return { ...state, workloads: expandQuietly(running, cluster) };
}
