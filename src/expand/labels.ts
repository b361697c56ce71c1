import type { Labels } from '../api/index.ts';
import type { Component, Names } from './names.ts';

/** The labels by which a group's Services and StatefulSet find its pods, and TiDB Operator its instances. */
export function selectorLabels(component: Component, names: Names): Labels {
  return {
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/instance': names.instance,
    'app.kubernetes.io/managed-by': 'tidb-operator',
    'app.kubernetes.io/name': 'tidb-cluster',
  };
}

export const USED_BY = 'app.kubernetes.io/used-by';
