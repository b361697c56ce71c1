import type { Config, TiDBGroup, TidbCluster, TiKVGroup } from '../api/index.ts';
import { clusterConfig } from '../config/index.ts';
import { expandTiDBGroup, expandTiKVGroup, type Written } from '../expand/index.ts';
import type { MapValue } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { COMPONENTS } from './tidb-cluster.ts';

/** The servers of a heterogeneous TidbCluster that a group can be. */
export type Component = 'tikv' | 'tidb';

/**
 * The workloads that the operator makes of a heterogeneous TidbCluster: those of its components as groups, joined to a
 * cluster with all of its other settings, whose PD goes by its short name.
 */
export function workloadsOf(
  { object, origin }: Written<TidbCluster>,
  component: Component,
  problems: Problems,
): MapValue[] {
  const { metadata } = object;
  const { cluster: reference, ...spec } = object.spec;
  const shared = Object.fromEntries(Object.entries(spec).filter(([key]) => !COMPONENTS.includes(key)));
  const name = reference?.name ?? '';
  const joined = { ...object, metadata: { ...metadata, name }, spec: shared };
  const cluster = { object: joined, origin };
  const { tikv, tidb } = object.spec;
  const { apiVersion } = object;
  if (component === 'tikv') {
    if (!tikv) return [];
    const group: TiKVGroup = {
      apiVersion,
      kind: 'TiKVGroup',
      metadata,
      spec: { ...tikv, ...asOperated('tikv', tikv.config), cluster: { name } },
    };
    return expandTiKVGroup({ group: { object: group, origin }, cluster, problems });
  }
  if (!tidb) return [];
  const group: TiDBGroup = {
    apiVersion,
    kind: 'TiDBGroup',
    metadata,
    spec: { ...tidb, ...asOperated('tidb', tidb.config), cluster: { name } },
  };
  return expandTiDBGroup({ group: { object: group, origin }, cluster, problems });
}

/** The config as the operator reads it, of which the validation has said what is wrong. */
function asOperated(component: Component, config: Config | undefined): { config?: Config } {
  return config ? { config: clusterConfig(component, config, () => undefined) } : {};
}
