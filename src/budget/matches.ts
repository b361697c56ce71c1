import { isMap, type MapValue, mapAt, type Value } from '../yaml/index.ts';

/**
 * Whether a PodDisruptionBudget is over pods with such labels. Without a selector it is over none; an empty one selects
 * all, but none in `policy/v1beta1`. What the API server would refuse selects none.
 */
export function isOver({ apiVersion, spec }: MapValue, labels: MapValue): boolean {
  const selector = isMap(spec) ? spec.selector : undefined;
  if (!isMap(selector)) return false;
  const { matchLabels, matchExpressions } = selector;
  const pairs = isMap(matchLabels) ? Object.entries(matchLabels) : [];
  const expressions = Array.isArray(matchExpressions) ? matchExpressions : [];
  if (apiVersion === 'policy/v1beta1' && pairs.length + expressions.length === 0) return false;
  return (
    pairs.every(([key, value]) => labelOf(labels, key) === value) &&
    expressions.every((expression) => isMap(expression) && holds(expression, labels))
  );
}

function holds({ key, operator, values }: MapValue, labels: MapValue): boolean {
  const label = labelOf(labels, String(key));
  const isIn = label !== undefined && Array.isArray(values) && values.includes(label);
  switch (operator) {
    case 'In':
      return isIn;
    case 'NotIn':
      return !isIn;
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    default:
      return false;
  }
}

function labelOf(labels: MapValue, key: string): Value | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** The labels of the pods that a StatefulSet makes. */
export function podLabels(set: MapValue): MapValue {
  return mapAt(set, 'spec', 'template', 'metadata', 'labels');
}
