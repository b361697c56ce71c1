import { type ComponentName, ROLLOUT } from '../api/index.ts';
import { autoscalerOf } from '../autoscale/index.ts';
import { expandQuietly, isComponentName } from '../components/index.ts';
import { expandForEngines, isStopped, withoutReplicas } from '../gitops/index.ts';
import { isBesideFields } from '../krm/index.ts';
import { policyOf } from '../network/index.ts';
import { type MapValue, mapAt, type Value } from '../yaml/index.ts';
import { type ClusterObject, clusterWorkloads, type GroupObject, nameOf } from './base.ts';
import { besidePods } from './base-fields.ts';
import { changedFields, type FieldChange, withChanges, withoutChanges } from './fields.ts';
import type { SourcedWorkload } from './snapshot.ts';
import { titleOf } from './workload.ts';

/** The result for a workload, to tell what a field does to it. */
export interface Outcome {
  readonly resources: readonly MapValue[];
  /** For components whose resources are unknown: a stand-in for their pods, and all that the operator reads. */
  readonly pods: MapValue | undefined;
  readonly rest: Value;
}

/** Fields that changed in one of the resources that a workload comes from, and are tried together. */
interface Candidate {
  readonly of: string;
  readonly changes: readonly FieldChange[];
  /** Whether the fields are in the workload's own part of the resource. */
  readonly own: boolean;
  /** The outcome if only these fields were new, and if only these fields were old. */
  readonly alone: Outcome;
  readonly without: Outcome;
}

/** Trying a change costs as much as rendering the group. */
const MOST_TRIED = 50;

/**
 * The changes one by one, or where there are many by the field of the spec, or of a component in it, that they are in.
 */
function triedTogether(changes: readonly FieldChange[], component?: ComponentName): FieldChange[][] {
  if (changes.length <= MOST_TRIED) return changes.map((change) => [change]);
  const together = new Map<string, FieldChange[]>();
  for (const change of changes) {
    const key = JSON.stringify(change.path.slice(0, change.path[1] === component ? 3 : 2));
    const others = together.get(key);
    if (others === undefined) together.set(key, [change]);
    else others.push(change);
  }
  return [...together.values()];
}

/** What a workload is made of, and what comes of it where some fields change. */
interface Source {
  outcome(): Outcome;
  /** The fields in which a later state of the same source differs, each tried. */
  candidates(later: Source): Candidate[];
  readonly group: GroupObject | undefined;
  readonly cluster: ClusterObject;
}

/** Undefined if only the render is known. */
export function sourceOf({ workload, group, cluster }: SourcedWorkload): Source | undefined {
  if (cluster === undefined) return undefined;
  if (group !== undefined) return groupSource(group, cluster);
  return workload.owner.kind === 'TidbCluster' ? clusterSource(workload.component, cluster) : undefined;
}

function groupSource(group: GroupObject, cluster: ClusterObject): Source {
  return {
    group,
    cluster,
    outcome: () => groupOutcome(group, cluster),
    candidates(later) {
      const to = later.group;
      if (to === undefined) return [];
      const ownChanges = changedFields(fieldsThatCount(group), fieldsThatCount(to));
      const joins = ownChanges.filter(({ path }) => path[0] === 'spec' && path[1] === 'cluster');
      const own = triedTogether(ownChanges).map((changes): Candidate => {
        // With the name of the cluster, the cluster is another.
        const [from, back] = changes.some((change) => joins.includes(change))
          ? [named(cluster, later.cluster), named(later.cluster, cluster)]
          : [cluster, later.cluster];
        return {
          of: titleOf(nameOf(to)),
          changes,
          own: true,
          alone: groupOutcome(withChanges(group, changes), from),
          without: groupOutcome(withoutChanges(to, changes), back),
        };
      });
      const inherited = changedFields(shared(cluster), shared(later.cluster)).filter(
        ({ path }) => joins.length === 0 || path[0] !== 'metadata',
      );
      const others = triedTogether(inherited).map((changes) => ({
        of: titleOf(nameOf(later.cluster)),
        changes,
        own: false,
        alone: groupOutcome(group, withChanges(cluster, changes)),
        without: groupOutcome(to, withoutChanges(later.cluster, changes)),
      }));
      return [...own, ...others];
    },
  };
}

function named(cluster: ClusterObject, other: ClusterObject): ClusterObject {
  return withChanges(cluster, [{ path: ['metadata'], field: 'metadata', new: mapAt(other, 'metadata') }]);
}

function clusterSource(component: ComponentName, cluster: ClusterObject): Source {
  return {
    group: undefined,
    cluster,
    outcome: () => componentOutcome(cluster, component),
    candidates(later) {
      const [from, to] = [cluster, later.cluster];
      const all = changedFields(shared(from, component), shared(to, component));
      return triedTogether(all, component).map((changes) => ({
        of: titleOf(nameOf(to)),
        changes,
        own: changes.some(({ path }) => path[1] === component),
        alone: componentOutcome(withChanges(from, changes), component),
        without: componentOutcome(withoutChanges(to, changes), component),
      }));
    },
  };
}

/** Of a group, its spec and its annotations: two of these are read. */
function fieldsThatCount(object: MapValue): MapValue {
  return { metadata: { annotations: withoutOurs(object) }, spec: object.spec ?? null };
}

function withoutOurs(object: MapValue): MapValue {
  const annotations = mapAt(object, 'metadata', 'annotations');
  return Object.fromEntries(
    Object.entries(annotations).filter(
      ([key]) => key === ROLLOUT || !(key.startsWith('groups.pingcap.com/') || isBesideFields(key)),
    ),
  );
}

/** What the parts of a TidbCluster share, and the part of one component. */
export function shared(cluster: ClusterObject, component?: ComponentName): MapValue {
  const spec = Object.entries(mapAt(cluster, 'spec')).filter(
    ([key]) => key === component || !isComponentName(key),
  );
  const { name = null, namespace = null } = mapAt(cluster, 'metadata');
  return { metadata: { name, namespace }, spec: Object.fromEntries(spec) };
}

function groupOutcome(group: GroupObject, cluster: ClusterObject): Outcome {
  const workloads = expandQuietly(group, cluster, expandForEngines);
  const policy = policyOf(group, workloads, { others: [], isOperated: false });
  const autoscaler = autoscalerOf(group);
  const left = autoscaler === undefined ? workloads : workloads.map(leftAlone);
  const resources = [...left, ...(policy ? [policy] : []), ...(autoscaler ? [autoscaler] : [])];
  return { resources, pods: undefined, rest: null };
}

/** A StatefulSet whose number of pods an autoscaler sets. */
function leftAlone(resource: MapValue): MapValue {
  return resource.kind === 'StatefulSet' && !isStopped(resource) ? withoutReplicas(resource) : resource;
}

function componentOutcome(cluster: ClusterObject, component: ComponentName): Outcome {
  const workload = clusterWorkloads(cluster).find((candidate) => candidate.component === component);
  if (workload === undefined) return { resources: [], pods: undefined, rest: null };
  const { resource, template, claims } = workload;
  // The operator reads all of a component's fields, whatever it makes of those that are not in the pods.
  const rest = [besidePods(mapAt(cluster, 'spec', component)), ...claims.map((claim) => claim.template)];
  return resource === undefined
    ? { resources: [], pods: template, rest }
    : { resources: [resource], pods: undefined, rest };
}
