import type { OneOf } from '../lookup/index.ts';
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

/** The names of labels, of which `labelsWanted` gives those that a selector wants: each with its value, and each alone. */
export function labelNames(labels: MapValue): string[] {
  return Object.entries(labels).flatMap(([key, value]) =>
    typeof value === 'string' ? [nameOf(key, value), nameOf(key)] : [],
  );
}

/** By name, labels without which a label selector selects nothing: one of each list. */
export function labelsWanted({ matchLabels, matchExpressions }: MapValue): OneOf[] {
  const pairs = isMap(matchLabels) ? Object.entries(matchLabels) : [];
  const ofPairs = pairs.flatMap(([key, value]) => (typeof value === 'string' ? [[nameOf(key, value)]] : []));
  const lists = expressionsOf(matchExpressions).flatMap(({ key, operator, values }) => {
    if (operator === 'Exists') return [[nameOf(String(key))]];
    return operator === 'In' && Array.isArray(values) ? [namesWith(key, values)] : [];
  });
  return [...ofPairs, ...lists];
}

/** By name, labels with any of which a label selector selects nothing. */
export function labelsUnwanted({ matchExpressions }: MapValue): string[] {
  return expressionsOf(matchExpressions).flatMap(({ key, operator, values }) => {
    if (operator === 'DoesNotExist') return [nameOf(String(key))];
    return operator === 'NotIn' && Array.isArray(values) ? namesWith(key, values) : [];
  });
}

function expressionsOf(matchExpressions: Value | undefined): MapValue[] {
  return Array.isArray(matchExpressions) ? matchExpressions.filter(isMap) : [];
}

function namesWith(key: Value | undefined, values: readonly Value[]): string[] {
  return values.flatMap((value) => (typeof value === 'string' ? [nameOf(String(key), value)] : []));
}

function nameOf(...keyAndValue: readonly string[]): string {
  return JSON.stringify(keyAndValue);
}
