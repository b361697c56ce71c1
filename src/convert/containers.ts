import type { Path } from '../problem/index.ts';
import { isMap, type Value } from '../yaml/index.ts';
import { fieldsOf } from '../yaml-write/draft.ts';
import type { Group } from './group.ts';
import { Mounts } from './mounts.ts';

/** Containers and volumes that are added, and what is added to the server's container. */
export function convertContainers(group: Group): void {
  const { own, source } = group;
  const { component, inV2 } = source;
  const mounts = new Mounts(group);
  const logContainers = inV2.logContainers?.(group) ?? [];
  convertEnv(group);
  if (own.value('privileged') !== undefined && own.value('securityContext') !== undefined)
    group.lost(['privileged'], '`securityContext` goes before it');
  else group.setInServer(['securityContext', 'privileged'], own.take('privileged'));
  for (const path of itemsOf(group, 'additionalVolumeMounts'))
    group.addToServer('volumeMounts', mounts.mount(path));
  for (const path of itemsOf(group, 'additionalVolumes'))
    group.addToPod('volumes', own.take(...path) ?? null);
  for (const path of itemsOf(group, 'initContainers'))
    group.addToPod('initContainers', mounts.container(path));
  for (const path of itemsOf(group, 'additionalContainers')) {
    const name = String(own.value(...path, 'name'));
    if (name === component.name) mergeServer(group, mounts, path);
    else if (logContainers.includes(name))
      group.lost(path, `v2 has no container ${JSON.stringify(name)} to merge it into`);
    else group.addToPod('containers', mounts.container(path));
  }
}

/** The time zone of the cluster, and the variables that are written. */
function convertEnv(group: Group): void {
  const { inV2, cluster } = group.source;
  const zone = inV2.hasTimezone ? cluster.take('timezone') : undefined;
  if (zone !== undefined) group.addToServer('env', fieldsOf({ name: 'TZ', value: zone }));
  for (const path of itemsOf(group, 'env')) {
    const isGenerated = zone !== undefined && group.value(...path, 'name') === 'TZ';
    if (isGenerated) group.lost(path, '`timezone` of the TidbCluster goes before it');
    else group.addToServer('env', group.take(...path) ?? null);
  }
}

/** An entry with the name of the server's own container, whose fields go before those that are generated. */
function mergeServer(group: Group, mounts: Mounts, path: Path): void {
  const { own, server } = group;
  for (const key of own.keys(...path).filter((one) => one !== 'name')) {
    const items = itemsOf(group, ...path, key);
    if (key === 'env')
      server.merge(
        key,
        items.map((at) => own.take(...at) ?? null),
        keyOf,
      );
    else if (key === 'volumeMounts')
      server.merge(
        key,
        items.map((at) => mounts.mount(at)),
        keyOf,
      );
    else setDeep(group, path, [key]);
  }
}

/** Maps are merged key by key. */
function setDeep(group: Group, at: Path, path: readonly string[]): void {
  const { own, server } = group;
  const keys = own.keys(...at, ...path);
  if (keys.length === 0) server.set(path, own.take(...at, ...path));
  for (const key of keys) setDeep(group, at, [...path, key]);
}

/** What tells variables, and what tells mounts apart. */
function keyOf(item: Value): string {
  return isMap(item) ? String(item.mountPath ?? item.name) : '';
}

/** Where the items of a list of the group are. */
function itemsOf(group: Group, ...path: Path): Path[] {
  const list = group.value(...path);
  return Array.isArray(list) ? list.map((_, index) => [...path, index]) : [];
}
