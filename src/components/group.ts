import type { GroupClusterRef, GroupKind, GroupKinds, TidbCluster } from '../api/index.ts';
import { clusterConfig } from '../config/index.ts';
import { type ExpandInput, expandAs, type Group } from '../expand/index.ts';
import type { MapValue } from '../yaml/index.ts';
import type { GroupComponent } from './component.ts';
import { expansionOf } from './expansions.ts';
import { byKind } from './registry.generated.ts';

/** A group of a kind, as far as it is expanded. */
export interface GroupOf<Kind extends GroupKind> extends Group<GroupKinds[Kind]['spec']> {
  readonly kind: Kind;
}

/** The workloads of a group, of whatever kind; see `loadExpansions`. */
export function expandGroup<Kind extends GroupKind>(input: ExpandInput<GroupOf<Kind>>): MapValue[] {
  const { kind } = input.group.object;
  const { safety, drainer }: GroupComponent<Kind>['group'] = byKind[kind].group;
  return expandAs(expansionOf(kind), input, safety, drainer);
}

/**
 * A component of a TidbCluster as a group with the same fields; undefined if the cluster has none. The config is as
 * TiDB Operator reads it, of which the validation has said what is wrong.
 */
export function asGroup<Kind extends GroupKind>(
  { group }: GroupComponent<Kind>,
  { metadata, spec }: TidbCluster,
  cluster: GroupClusterRef,
): GroupOf<Kind> | undefined {
  const own = group.of(spec);
  if (!own) return undefined;
  const operated = group.mapConfigs(own, (part, config) => clusterConfig(part, config, () => undefined));
  return { kind: group.kind, metadata, spec: { ...operated, cluster }, within: spec };
}

/** A group that runs, also where it is suspended, or its cluster is. */
export function running<Kind extends GroupKind>(group: GroupOf<Kind>): GroupOf<Kind> {
  return { ...group, spec: { ...group.spec, suspendAction: {} } };
}
