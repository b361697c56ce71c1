import type { Configs, KptFunc, KubernetesObject, Result } from 'kpt-functions';
import { type Changes, Item, matchable } from '../../src/list/index.ts';
import { type Problem, Problems } from '../../src/problem/index.ts';
import { readFunctionConfig, render, reportLeftovers } from '../../src/render/index.ts';
import { asCounted, asLines, asResults, hasErrors } from '../../src/report/index.ts';
import { Float, isMap, type MapValue, setOwn, type Value } from '../../src/yaml/index.ts';

/** Thrown if the groups cannot be expanded; the configs are unchanged, and their results say what is wrong. */
export class ExpandError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(asLines(problems).join('\n'));
    this.name = 'ExpandError';
  }
}

/**
 * Expands groups into workloads, as a function to compose with others of kpt-functions.
 *
 * The executable does not use this: Configs keeps no comments, order or spelling of numbers. `1.0` is 1 here.
 */
export const expandTidbGroups: KptFunc = async (configs: Configs) => {
  const problems = new Problems();
  const config = configs.getFunctionConfig();
  const { settings, onlyValidates } = readFunctionConfig(config && itemOf(config), problems);
  const objects = new Map(configs.getAll().map((object) => [itemOf(object), object]));
  const changes = await render([...objects.keys()], problems, settings);
  reportLeftovers([...objects.keys()], problems);
  const counted = asCounted(problems.all, settings.strict);
  configs.addResults(...asResults(counted).map(kptResult));
  if (hasErrors(counted)) throw new ExpandError(counted);
  if (!onlyValidates) applyTo(configs, objects, matchable(changes));
};

expandTidbGroups.usage = `
Expands groups (TiKVGroup, TiDBGroup, TiFlashGroup, TiCDCGroup, TiProxyGroup, PDGroup) into the StatefulSets, Services
and ConfigMaps that run them, and annotates each TidbCluster with its groups.

Config: kind ExpandTidbGroups of groups.pingcap.com/v1alpha1, or a ConfigMap with the same settings as strings. With
kind ValidateTidbGroups it only reports problems.

  output: TidbCluster     make a TidbCluster of each group, for TiDB Operator to run (default: Workloads)
  addToMonitors: false    with that output, leave TidbMonitors as they are (default: true)
  canonicalConfig: true   write each config in a TidbCluster as TiDB Operator would; false: leave it as it is
                          (default: true, but false if resources are written back to their files)
  certificates: {issuer: NAME}
                          render Certificates of cert-manager for what servers with TLS mount (default: none)
  copyMetadata: false     leave labels and annotations of a group on the group (default: true)
  disruptionBudgets: true limit evictions also of groups that are rendered Plain; false: of none
                          (default: of those that are rendered Safe)
  guard: false            allow dangerous changes to an earlier render (default: true)
  monitoring: {kind: PodMonitor}
                          render a PodMonitor, or with ConfigMap a scrape configuration, for each TidbCluster with groups
                          (default: none)
  protectStores: false    let Argo CD, Flux and kpt delete stores that are no longer rendered (default: true)
  rollout: Plain          render as TiDB Operator would; Safe: so that rolling updates wait for each server
                          (default: Safe, but for groups that an earlier render wrote Plain)
  syncWaves: false        write no sync waves for Argo CD (default: true)
  tikvWave: 1             the sync wave of the first group of PD or stores, relative to its TidbCluster's
  tidbWave: 10            the sync wave of TiDBGroups, relative to the TidbCluster's; TiCDCGroups have the next
  dependsOn: false        write no dependencies for kpt (default: true)
  strict: true            treat warnings as errors (default: false)
`;

function applyTo(configs: Configs, objects: ReadonlyMap<Item, KubernetesObject>, changes: Changes): void {
  for (const [item, object] of objects) {
    const edits = changes.edits.get(item);
    const replacement = changes.replacements.get(item);
    if (changes.drops.has(item)) configs.delete(object);
    else if (replacement !== undefined) configs.insert(objectOf(replacement));
    else if (edits !== undefined) configs.insert(objectOf(item.editedObject(edits)));
    configs.insert(...(changes.additions.get(item) ?? []).map(objectOf));
  }
}

function itemOf(object: KubernetesObject): Item {
  const value = fromPlain(object);
  return Item.of(isMap(value) ? value : {});
}

/** kpt-functions returns YAML as JavaScript values: dates as objects, floats and integers alike. */
function fromPlain(plain: unknown): Value {
  if (plain === null || plain === undefined) return null;
  if (typeof plain === 'string' || typeof plain === 'boolean' || typeof plain === 'bigint') return plain;
  if (typeof plain === 'number') return Number.isInteger(plain) ? plain : new Float(plain);
  if (plain instanceof Date) return plain.toISOString();
  if (Array.isArray(plain)) return plain.map(fromPlain);
  const map: MapValue = {};
  for (const [key, value] of Object.entries(plain))
    if (value !== undefined) setOwn(map, key, fromPlain(value));
  return map;
}

function toPlain(value: Value): unknown {
  if (value instanceof Float) return value.value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, toPlain(child)]));
}

function objectOf(value: MapValue): KubernetesObject {
  const plain = toPlain(value);
  if (isKubernetesObject(plain)) return plain;
  throw new TypeError('a resource must have apiVersion, kind and metadata');
}

function isKubernetesObject(plain: unknown): plain is KubernetesObject {
  return (
    typeof plain === 'object' &&
    plain !== null &&
    'apiVersion' in plain &&
    'kind' in plain &&
    'metadata' in plain
  );
}

function kptResult(result: MapValue): Result {
  const plain = toPlain(result);
  if (isResult(plain)) return plain;
  throw new TypeError('a result must have a message and a severity');
}

function isResult(plain: unknown): plain is Result {
  return typeof plain === 'object' && plain !== null && 'message' in plain && 'severity' in plain;
}
