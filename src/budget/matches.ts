import { selects } from '../existing/index.ts';
import { isMap, type MapValue, mapAt } from '../yaml/index.ts';

/**
 * Whether a PodDisruptionBudget is over pods with such labels. Without a selector it is over none; an empty one selects
 * all, but none in `policy/v1beta1`. What the API server would refuse selects none.
 */
export function isOver({ apiVersion, spec }: MapValue, labels: MapValue): boolean {
  const selector = isMap(spec) ? spec.selector : undefined;
  if (!isMap(selector)) return false;
  return (apiVersion !== 'policy/v1beta1' || isRestricted(selector)) && selects(selector, labels);
}

function isRestricted({ matchLabels, matchExpressions }: MapValue): boolean {
  const labels = isMap(matchLabels) ? Object.keys(matchLabels) : [];
  return labels.length > 0 || (Array.isArray(matchExpressions) && matchExpressions.length > 0);
}

/** The labels of the pods that a StatefulSet makes. */
export function podLabels(set: MapValue): MapValue {
  return mapAt(set, 'spec', 'template', 'metadata', 'labels');
}
