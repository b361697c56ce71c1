import { isMap, type MapValue, type Value } from '../yaml/index.ts';

/** Whether a label selector selects what has such labels. What the API server would refuse selects nothing. */
export function selects({ matchLabels, matchExpressions }: MapValue, labels: MapValue): boolean {
  const pairs = isMap(matchLabels) ? Object.entries(matchLabels) : [];
  const expressions = Array.isArray(matchExpressions) ? matchExpressions : [];
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
