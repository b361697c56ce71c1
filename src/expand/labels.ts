import type { ComponentName, Labels } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';
import type { Names } from './names.ts';

/** The labels by which a group's Services and StatefulSet find its pods, and TiDB Operator finds its instances. */
export function selectorLabels(component: ComponentName, names: Pick<Names, 'instance'>): Labels {
  return {
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/instance': names.instance,
    'app.kubernetes.io/managed-by': 'tidb-operator',
    'app.kubernetes.io/name': 'tidb-cluster',
  };
}

/** An expression of a selector: a label has one of the values. kustomize adds labels to `matchLabels`, but not to these. */
export function isIn(key: string, values: string[]): MapValue {
  return { key, operator: 'In', values };
}

/** Whom a Service is for. */
export const USED_BY = 'app.kubernetes.io/used-by';
