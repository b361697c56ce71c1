import type { Labels, TopologySpreadConstraint } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { copy, fields } from './copy.ts';

const OVERRIDABLE = ['app.kubernetes.io/component', 'app.kubernetes.io/instance'];

/** Constraints on the group's own pods. Of the labels to match, only component and instance can be others. */
export function topologySpread(
  constraints: readonly TopologySpreadConstraint[] | undefined,
  selector: Labels,
): MapValue[] | undefined {
  return constraints?.map((constraint) => {
    const own = Object.entries(constraint.matchLabels ?? {}).filter(([key]) => OVERRIDABLE.includes(key));
    return fields({
      maxSkew: constraint.maxSkew || 1,
      topologyKey: constraint.topologyKey,
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { ...selector, ...Object.fromEntries(own) } },
      minDomains: copy(constraint.minDomains),
      nodeAffinityPolicy: constraint.nodeAffinityPolicy || undefined,
    });
  });
}
