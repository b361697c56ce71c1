import { configMap } from './config-map.ts';
import { deployment } from './deployment.ts';
import { seeded } from './random.ts';
import type { Resource } from './resource.ts';
import { service } from './service.ts';
import { tidbCluster } from './tidb-cluster.ts';
import { tidbGroup } from './tidb-group.ts';
import { tikvGroup } from './tikv-group.ts';

export const TIKV_GROUPS = ['hot', 'cold', 'archive', 'zone-a', 'zone-b'] as const;
export const TIDB_GROUPS = ['oltp', 'olap', 'batch'] as const;
/** The cluster and its groups: the only resources of a mixed list that the function changes. */
export const OWN_RESOURCES = 1 + TIKV_GROUPS.length + TIDB_GROUPS.length;

/** Of every 20 resources 8 are Deployments, 3 Services and 9 ConfigMaps, evenly mixed. */
const MIX = [configMap, deployment, configMap, deployment, service, configMap, deployment] as const;
const TWENTY = [...MIX, ...MIX, configMap, deployment, configMap, service, deployment, configMap] as const;

/** `count` resources: one cluster with its 8 groups in the middle, and others of mixed kinds around them. */
export function* mixed(count: number): Generator<Resource> {
  const others = count - OWN_RESOURCES;
  for (let index = 0; index < others; index++) {
    if (index === Math.floor(others / 2)) yield* clusterWithGroups(0, 'tidb', TIKV_GROUPS, TIDB_GROUPS);
    yield other(index);
  }
}

/** `count` clusters with 10 groups each, each cluster in its own namespace. */
export function* clusters(count: number): Generator<Resource> {
  const tikv = [...TIKV_GROUPS, 'zone-c'];
  const tidb = [...TIDB_GROUPS, 'reports'];
  for (let index = 0; index < count; index++) {
    yield* clusterWithGroups(index, `tenant-${String(index).padStart(4, '0')}`, tikv, tidb);
  }
}

function* clusterWithGroups(
  seed: number,
  namespace: string,
  tikv: readonly string[],
  tidb: readonly string[],
): Generator<Resource> {
  const random = seeded(seed);
  yield tidbCluster('basic', namespace);
  for (const name of tikv) yield tikvGroup(name, 'basic', namespace, random);
  for (const name of tidb) yield tidbGroup(name, 'basic', namespace, random);
}

function other(index: number): Resource {
  const build = TWENTY[index % TWENTY.length] ?? configMap;
  return build(index, `team-${String(Math.floor(index / 500)).padStart(3, '0')}`);
}
