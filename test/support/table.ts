import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type AnyGroup, COMPONENT_NAMES, type TidbCluster } from '../../src/api/index.ts';
import { byKind, expandGroup, type GroupComponent, loadExpansions } from '../../src/components/index.ts';
import { type Origin, type Problem, Problems } from '../../src/problem/index.ts';
import { Float, isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import { type Operation, patched } from './json-patch.ts';

await loadExpansions();

/** One case of a table: what it changes in the input, and what that does to the output. */
export interface Case {
  readonly name: string;
  readonly spec?: MapValue;
  readonly clusterSpec?: MapValue;
  readonly annotations?: MapValue;
  /** Where the TidbCluster is. */
  readonly clusterNamespace?: string;
  readonly changes?: readonly Operation[];
  /** TiDB Operator refuses it, and so it must be an error. */
  readonly rejected?: true;
}

/** What a case changes of the input. */
type Changes = Omit<Case, 'name' | 'changes' | 'rejected'>;

/** A file of cases, in the form that `fixtures/conformance/README.md` describes. */
export interface Table {
  readonly cluster: TidbCluster;
  readonly group: AnyGroup;
  readonly renders: MapValue;
  readonly cases: readonly Case[];
}

/** In a config `1.0` is not an integer, so floats stay floats, as in the project's own reader. */
const FLOAT = {
  default: true,
  tag: 'tag:yaml.org,2002:float',
  test: /^[-+]?(?:\d+\.\d*|\.\d+|\d+(?:\.\d*)?[eE][-+]?\d+)$/,
  resolve: (text: string) => new Float(Number(text), text.includes('.')),
};

/** Reads YAML by another parser than the project's own. */
export function readFixture<T>(name: string): T {
  const file = new URL(`../../fixtures/${name}`, import.meta.url);
  return parseFixture(readFileSync(file, 'utf8'));
}

export function parseFixture<T>(text: string): T {
  return parse(text, { customTags: (tags) => [FLOAT, ...tags] });
}

/** The output for a group and its cluster. */
export interface Rendered {
  readonly resources: MapValue[];
  readonly problems: readonly Problem[];
}

export function render(group: AnyGroup, cluster: TidbCluster): Rendered {
  const problems = new Problems();
  const written = { object: cluster, origin: originOf(cluster) };
  const resources = expandGroup({
    group: { object: group, origin: originOf(group) },
    cluster: written,
    problems,
  });
  return { resources, problems: problems.all };
}

export function originOf({ apiVersion, kind, metadata }: TidbCluster | AnyGroup): Origin {
  const { name = '', namespace = '' } = metadata;
  return { id: { apiVersion, kind, name, namespace }, locate: () => ({}) };
}

/** The output for the table's input with a case's changes. */
export function renderCase(table: Table, changes: Changes): Rendered {
  const { group, cluster } = mergedCase(table, changes);
  return render(group, cluster);
}

/** The table's input with a case's changes made to it. */
export function mergedCase(
  table: Table,
  { spec = {}, clusterSpec = {}, annotations = {}, clusterNamespace: namespace }: Changes,
): { group: AnyGroup; cluster: TidbCluster } {
  return {
    group: merged(table.group, { metadata: { annotations }, spec }),
    cluster: merged(table.cluster, { metadata: namespace ? { namespace } : {}, spec: clusterSpec }),
  };
}

/** A null removes a field; lists, and configs, are replaced whole. */
export function merged<T extends object>(base: T, patch: MapValue): T {
  const result = new Map<string, unknown>(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) {
    const before = result.get(key);
    if (value === null) result.delete(key);
    else if (key !== 'config' && isMap(before) && isMap(value)) result.set(key, merged(before, value));
    else result.set(key, value);
  }
  return Object.fromEntries(result) as T;
}

/** The resources as the tables show them, without what the README of the tables leaves out. */
export function asShown(resources: readonly MapValue[]): MapValue {
  const digest = new RegExp(`"([a-z0-9-]+-(?:${COMPONENT_NAMES.join('|')}))-[0-9a-f]{7}"`, 'g');
  const shown: MapValue[] = JSON.parse(JSON.stringify(resources).replace(digest, '"$1-<digest>"'));
  return Object.fromEntries(shown.map((resource) => [title(resource), shownResource(resource)]));
}

function title({ kind, metadata }: MapValue): string {
  return `${kind} ${isMap(metadata) ? metadata.name : ''}`;
}

function shownResource(resource: MapValue): MapValue {
  const { data } = resource;
  if (isMap(data)) {
    const { 'startup-script': _, ...files } = data;
    return { ...resource, data: files };
  }
  const reduced = withoutEmpty(withoutDefaults(withoutScripts(resource)));
  return isMap(reduced) ? reduced : {};
}

/** Containers whose script is this project's own: the servers, and what makes TiFlash's configs. */
const SCRIPTED = new Set<Value | undefined>(Object.values(byKind).map(({ name }) => name));

function withoutScripts(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutScripts);
  if (!isMap(value)) return value;
  const { name, command } = value;
  if (Array.isArray(command) && command[1] === '-c' && (SCRIPTED.has(name) || isConfigMaker(value))) {
    return { ...value, command: [...command.slice(0, 2), '<script>'] };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutScripts(inner)]));
}

/** An init container of this name sets sysctls in other pods. */
function isConfigMaker({ name, volumeMounts }: MapValue): boolean {
  const mounts = Array.isArray(volumeMounts) ? volumeMounts.filter(isMap) : [];
  return name === 'init' && mounts.some(({ mountPath }) => mountPath === '/etc/tiflash');
}

/** Defaults of the API server; `test/expand/as-stored.test.ts` tests which of them are written. */
const DEFAULTS: readonly [field: string, name: string, value: Value][] = [
  ['fieldRef', 'apiVersion', 'v1'],
  ['ports', 'protocol', 'TCP'],
  ['resourceFieldRef', 'divisor', '0'],
  ['spec', 'volumeMode', 'Filesystem'],
  ['volumeClaimTemplates', 'apiVersion', 'v1'],
  ['volumeClaimTemplates', 'kind', 'PersistentVolumeClaim'],
];

function withoutDefaults(value: Value, field = ''): Value {
  if (Array.isArray(value)) return value.map((item) => withoutDefaults(item, field));
  if (!isMap(value)) return value;
  const written = Object.entries(value).filter(
    ([name, inner]) => !DEFAULTS.some(([of, key, given]) => of === field && key === name && given === inner),
  );
  return Object.fromEntries(written.map(([name, inner]) => [name, withoutDefaults(inner, name)]));
}

function withoutEmpty(value: Value): Value | undefined {
  if (Array.isArray(value)) {
    const items = value.map(withoutEmpty).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (!isMap(value)) return value ?? undefined;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, Value][] => {
    const reduced = withoutEmpty(key === 'env' && Array.isArray(inner) ? inner.map(withoutEmptyText) : inner);
    return reduced === undefined ? [] : [[key, reduced]];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** A variable set to an empty string is set. */
function withoutEmptyText(variable: Value): Value {
  return isMap(variable) && variable.value === '' ? { ...variable, value: null } : variable;
}

/** The resources that a case should render, and the arguments that the server should get. */
export function expected(
  { renders }: Table,
  { changes = [] }: Case,
): { resources: MapValue; argv: Value | undefined; argvOfOldVersions: Value | undefined } {
  const { start, ...resources } = patched(renders, changes);
  const shown = Object.entries(resources).map(([title, resource]): [string, Value] => [
    title,
    withoutDefaults(resource),
  ]);
  const { argv, argvOfOldVersions } = isMap(start) ? start : {};
  return { resources: Object.fromEntries(shown), argv, argvOfOldVersions };
}

/** Any address of the base's PD: its Service, or a headless one. */
const PD_OF_BASE = /^--join=https?:\/\/basic-pd(?:-peer)?(?:\.[a-z]+\.svc(?:\.[a-z.]+)?)?:2379$/;

/** Facts whose TidbCluster does not have the base's domain, which TiFlash's config otherwise contains. */
export function asGiven(made: MapValue, { spec }: AnyGroup): MapValue {
  if (!isMap(made.spec) || !isMap(made.spec.cluster)) return made;
  const { clusterDomain, ...reference } = made.spec.cluster;
  const said =
    spec.cluster && 'clusterDomain' in spec.cluster ? { clusterDomain: clusterDomain ?? null } : {};
  return { ...made, spec: { ...made.spec, cluster: { ...reference, ...said } } };
}

/** Under the operator most servers look for PD in their own namespace. */
export function isUnreachable({ kind, metadata, spec }: AnyGroup, cluster: TidbCluster): boolean {
  const { group }: GroupComponent = byKind[kind];
  return metadata.namespace !== cluster.metadata.namespace && !group.findsPDAnywhere?.(spec);
}

/** Whether the operator accepts the case. */
export function isTaken({ rejected }: Case): boolean {
  return !rejected;
}

/** The first two tables sort words one by one; the others keep a flag and its value together. */
const SORTED_ALONE: readonly string[] = ['TiKVGroup', 'TiDBGroup'];

/**
 * The arguments of a server as its table shows them: the subcommand, then flags in their order, `--x v` as `--x=v`; after
 * `--` the same again.
 */
export function shownArguments({ group: { kind } }: Table, argv: readonly string[]): string[] {
  if (SORTED_ALONE.includes(kind)) return argv.toSorted();
  const end = argv.indexOf('--');
  const parts = end < 0 ? [argv] : [argv.slice(0, end), argv.slice(end + 1)];
  return parts.flatMap((part, index) => [...(index > 0 ? ['--'] : []), ...inOrder(part)]);
}

function inOrder(argv: readonly string[]): string[] {
  const [first = ''] = argv;
  const subcommand = first === '' || first.startsWith('-') ? [] : [first];
  const flags: string[] = [];
  for (const argument of argv.slice(subcommand.length)) {
    if (PD_OF_BASE.test(argument)) flags.push('--join=<PD of the cluster>');
    else if (argument.startsWith('-')) flags.push(argument);
    else flags.push(`${flags.pop()}=${argument}`);
  }
  return [...subcommand, ...flags.sort()];
}

/** The tables of what each field does, alone and together, for `readFixture`. */
export const FACT_TABLES = [
  'conformance/tikv-group',
  'conformance/tidb-group',
  'conformance/tiproxy-group',
  'conformance/pd-group',
  'conformance/tiflash-group',
  'conformance/ticdc-group',
  'conformance/cluster-tikv',
  'conformance/cluster-tidb',
  'conformance/cluster-tiproxy',
  'conformance/cluster-pd',
  'conformance/cluster-tiflash',
  'conformance/cluster-ticdc',
  'combinations/tikv',
  'combinations/tidb',
];
