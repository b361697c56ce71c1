import { type Container, refTo } from '../api/index.ts';
import type { Field } from '../problem/index.ts';
import { isMap, type MapValue, type Value } from '../yaml/index.ts';
import { canonicalMap } from './canonical.ts';
import { copyList, fields } from './copy.ts';

/** The lists of a container whose items Kubernetes merges, and the key that tells them apart. Others are replaced. */
const MERGED_BY = new Map([
  ['env', 'name'],
  ['ports', 'containerPort'],
  ['volumeMounts', 'mountPath'],
  ['volumeDevices', 'devicePath'],
]);

/**
 * Adds the user's containers, a list that is at `at`. One that has the name of a generated container is merged into it,
 * as by a strategic merge patch; what is empty in it changes nothing, because TiDB Operator does not find it there.
 */
export function mergeContainers(
  generated: readonly MapValue[],
  additional: readonly Container[] | undefined,
  at: Field,
): MapValue[] {
  const patches = copyList(additional).map((container) => canonicalMap(CONTAINER, container));
  const merged = generated.map((container) => {
    const index = patches.findLastIndex(({ name }) => name === container.name);
    const patch = patches[index];
    if (patch === undefined) return container;
    const result = merge(container, patch, mergeNamedList);
    checkAlternatives(result, at.to(index));
    return result;
  });
  const taken = new Set(generated.map(({ name }) => name));
  return [...merged, ...patches.filter(({ name }) => !taken.has(name))];
}

const CONTAINER = { $ref: refTo('Container') };

type MergeList = (key: string, base: Value, patch: Value) => Value;

const replaceList: MergeList = (_key, _base, patch) => patch;

function merge(base: MapValue, patch: MapValue, mergeList: MergeList = replaceList): MapValue {
  const merged = Object.entries(patch).map(([key, value]): [string, Value] => {
    const before = Object.hasOwn(base, key) ? base[key] : undefined;
    if (before === undefined) return [key, value];
    return [key, isMap(before) && isMap(value) ? merge(before, value) : mergeList(key, before, value)];
  });
  return fields({ ...base, ...Object.fromEntries(merged) });
}

/** The patch's items come in its order; one that only the base has stays before those that it came before. */
function mergeNamedList(key: string, base: Value, patch: Value): Value {
  const identity = MERGED_BY.get(key);
  if (identity === undefined || !Array.isArray(base) || !Array.isArray(patch)) return patch;
  const items = new Map(base.filter(isMap).map((item) => [item[identity], item]));
  const left = [...items.keys()];
  const place = new Map(left.map((id, index) => [id, index]));
  const patched = new Set<Value | undefined>();
  for (const item of patch.filter(isMap)) {
    const id = item[identity];
    const before = items.get(id);
    items.set(id, before === undefined ? item : merge(before, item));
    patched.add(id);
  }
  const untouched = left.filter((id) => !patched.has(id));
  const order: (Value | undefined)[] = [];
  for (const id of patched) {
    const end = place.get(id) ?? -1;
    while (untouched.length > 0 && (place.get(untouched[0]) ?? 0) < end) order.push(untouched.shift());
    order.push(id);
  }
  return [...order, ...untouched].flatMap((id) => items.get(id) ?? []);
}

const HANDLERS = ['exec', 'grpc', 'httpGet', 'sleep', 'tcpSocket'];
const SOURCES = ['configMapKeyRef', 'fieldRef', 'resourceFieldRef', 'secretKeyRef'];

/** A merge only adds, so a different probe or source would be a second one, which Kubernetes refuses. */
function checkAlternatives(container: MapValue, at: Field): void {
  for (const probe of ['readinessProbe', 'startupProbe']) {
    const handlers = keysOf(container[probe], HANDLERS);
    if (handlers.length > 1) {
      at.to(probe).say('container-merge', tooMany(`\`${probe}\``, handlers));
    }
  }
  const { lifecycle } = container;
  for (const hook of ['postStart', 'preStop']) {
    const handlers = lifecycle !== undefined && isMap(lifecycle) ? keysOf(lifecycle[hook], HANDLERS) : [];
    if (handlers.length > 1) {
      at.to('lifecycle', hook).say('container-merge', tooMany(`\`${hook}\``, handlers));
    }
  }
  for (const variable of Array.isArray(container.env) ? container.env.filter(isMap) : []) {
    const sources = keysOf(variable.valueFrom, SOURCES);
    if (variable.value !== undefined) sources.push('value');
    if (sources.length > 1) {
      at.to('env').say('container-merge', tooMany(`the variable "${variable.name}"`, sources));
    }
  }
}

function keysOf(value: Value | undefined, known: readonly string[]): string[] {
  return isMap(value) ? known.filter((key) => Object.hasOwn(value, key)) : [];
}

function tooMany(what: string, keys: readonly string[]): string {
  const list = keys.map((key) => `\`${key}\``).join(' and ');
  return `${what} would have ${list}, because it is merged into the generated one; write one of that kind only`;
}
