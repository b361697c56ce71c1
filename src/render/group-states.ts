import { ROLLOUT } from '../api/index.ts';
import { byKind, type GroupComponent, isGroupKind } from '../components/index.ts';
import { asStored, rolloutOf } from '../expand/index.ts';
import { workloadsOf } from '../heterogeneous/index.ts';
import { withAnnotations } from '../list/index.ts';
import type { GroupObject, GroupSource, GroupState } from '../plan/index.ts';
import { NOWHERE, Problems } from '../problem/index.ts';
import { isTidbCluster } from '../validate/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { isCluster, ownersIn } from './generated.ts';

/** What is known of a group beside what was rendered. */
export interface GroupOrigin {
  readonly source: GroupSource;
  readonly cluster: string;
}

/** Collects what was rendered, group by group. */
export class GroupStates {
  private readonly states = new Map<string, { wasRendered: boolean; resources: MapValue[] }>();
  /** What was rendered for the servers of TidbClusters themselves. */
  readonly ofClusters: MapValue[] = [];

  /**
   * Adds a resource to the groups in its annotation; `wasThere` if an earlier render made it. That render may have left
   * out defaults that are written now, which is no change.
   */
  add(resource: MapValue, wasThere: boolean): void {
    for (const owner of ownersIn(resource)) {
      if (isCluster(owner)) {
        this.ofClusters.push(resource);
        continue;
      }
      const state = this.states.get(owner) ?? { wasRendered: false, resources: [] };
      state.resources.push(wasThere ? asStored(resource) : resource);
      this.states.set(owner, { ...state, wasRendered: state.wasRendered || wasThere });
    }
  }

  all(know: (owner: string) => GroupOrigin | undefined): GroupState[] {
    return [...this.states].map(([owner, { resources, wasRendered }]) => {
      const [namespace = '', kind = '', name = ''] = owner.split('/');
      // A mark that somebody broke counts as that of servers without data.
      const component = isGroupKind(kind) ? byKind[kind] : byKind.TiDBGroup;
      const operated = resources.find((resource) => resource.kind === 'TidbCluster');
      const { source, cluster } = know(owner) ?? { cluster: '' };
      return {
        owner: { kind, namespace, name },
        component,
        cluster,
        resources,
        workloads: operated === undefined ? resources : workloadsBehind(operated, component),
        runner: operated === undefined ? 'Kubernetes' : 'TiDB Operator',
        replacesVolumes: operated !== undefined && replacesVolumes(operated),
        wasRendered,
        ...(source !== undefined && { source: { ...source, group: withRollout(source.group, resources) } }),
      };
    });
  }
}

/** A group that says how it was rendered: the settings said it, and the fields are tried without them. */
function withRollout(group: GroupObject, resources: readonly MapValue[]): GroupObject {
  const set = resources.find(({ kind }) => kind === 'StatefulSet');
  const said = group.metadata.annotations?.[ROLLOUT];
  if (rolloutOf(set) === 'Plain' || said !== undefined) return group;
  return Object.assign({}, group, withAnnotations(group, { [ROLLOUT]: 'Safe' }));
}

/** What TiDB Operator makes of a group that came out as a TidbCluster; nothing if somebody broke it. */
function workloadsBehind(object: MapValue, component: GroupComponent): MapValue[] {
  return isTidbCluster(object, NOWHERE)
    ? workloadsOf({ object, origin: NOWHERE }, component, new Problems())
    : [];
}

function replacesVolumes(object: MapValue): boolean {
  return isTidbCluster(object, NOWHERE) && (object.spec.enablePVCReplace ?? false);
}
