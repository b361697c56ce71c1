import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { isMap, type MapValue, setOwn, type Value } from '../../src/yaml/index.ts';
import { anyMap } from './any-config.ts';
import { clusterWith, PLACES } from './config-places.ts';
import { configCases, withConfig } from './config-variants.ts';
import { readYaml, titleOf } from './read-yaml.ts';
import { mergedMap } from './render-text.ts';
import { runs } from './runs.ts';
import { Choices } from './styled/choices.ts';
import { styledStream } from './styled/list.ts';
import { FACT_TABLES, isTaken, mergedCase, readFixture, type Table } from './table.ts';

/** Resources that belong together. */
export interface Input {
  readonly name: string;
  /** A stream of documents. */
  readonly text: string;
  /** Their titles, which nothing else in the same build may have. */
  readonly titles: readonly string[];
}

/** All facts, configs, examples and clusters. */
export function doorInputs(): Input[] {
  const made = [...factInputs(), ...componentInputs(), ...configCases(), ...textInputs()];
  return [
    ...made.map(({ name, resources }, index) => apart(name, resources, `case-${index}`)),
    ...streams().map(([name, documents]): Input => {
      const text = documents.join('---\n');
      return { name, text, titles: readYaml(text).map(titleOf) };
    }),
  ];
}

/** Inputs that conflict, and similar inputs that do not. */
export function meaningInputs(): Input[] {
  return meanings().map(({ name, resources }, index) => apart(name, resources, `meaning-${index}`));
}

/** How many for each place of a config. */
const RANDOM_CONFIGS = runs(12);

/** Random configs of every component, as a TidbCluster has them: many have something wrong. */
export function randomInputs(): Input[] {
  const made = PLACES.flatMap((place) =>
    fc
      .sample(
        anyMap(place.name).filter((config) => !REWRITTEN.test(config)),
        RANDOM_CONFIGS,
      )
      .map((config) => ({ name: `random ${config}`, resources: readYaml(clusterWith(place, config)) })),
  );
  return made.map(({ name, resources }, index) => apart(name, resources, `random-${index}`));
}

/** Whole numbers with a point. kustomize drops the point; under an unknown key, that makes another value. */
const REWRITTEN = /\d\.0*(?![\d])/;

interface Made {
  readonly name: string;
  readonly resources: readonly MapValue[];
}

function factInputs(): Made[] {
  return FACT_TABLES.flatMap((table) => {
    const facts = readFixture<Table>(`${table}.yaml`);
    return facts.cases.filter(isTaken).map((one) => {
      const { cluster, group } = mergedCase(facts, one);
      return { name: `${table} ${one.name}`, resources: [asValue(cluster), asValue(group)] };
    });
  });
}

interface ComponentCase {
  readonly name: string;
  readonly spec?: MapValue;
  readonly clusterSpec?: MapValue;
}

/** Every field of the components without groups, in a TidbCluster. */
function componentInputs(): Made[] {
  const { cluster, components } = readFixture<{
    cluster: MapValue;
    components: { [name: string]: { spec: MapValue; cases: ComponentCase[] } };
  }>('conformance/components.yaml');
  return Object.entries(components).flatMap(([component, { spec: base, cases }]) =>
    cases.map(({ name, spec = {}, clusterSpec = {} }) => {
      const whole = { ...clusterSpec, [component]: mergedMap(base, spec) };
      return { name: `${component} ${name}`, resources: [mergedMap(cluster, { spec: whole })] };
    }),
  );
}

/** Configs as TOML text, in a cluster and in a group. */
function textInputs(): Made[] {
  const { cases } = readFixture<{ cases: { config: string }[] }>('conformance/config-canonical.yaml');
  return cases.map(({ config }) => ({ name: `config ${config}`, resources: withConfig(config) }));
}

function asValue(resource: object): MapValue {
  return Object.fromEntries(Object.entries(resource));
}

type Parts = { readonly [kind: string]: MapValue };

interface Row {
  readonly others?: readonly MapValue[];
}

interface Meaning {
  readonly base: Parts;
  readonly cases: readonly (Row & { readonly name: string; readonly right?: readonly Row[] })[];
}

function meanings(): Made[] {
  const { base, cases } = readFixture<Meaning>('problems/meaning.yaml');
  return cases.flatMap(({ right = [], ...row }) =>
    [row, ...right].map(({ others = [], ...parts }) => {
      const own = new Map<string, unknown>(Object.entries(parts));
      const merged = Object.entries(base).map(([kind, resource]) => {
        const part = own.get(kind);
        return isMap(part) ? mergedMap(resource, part) : resource;
      });
      return { name: row.name, resources: [...merged, ...others] };
    }),
  );
}

/** Moves an input into its own namespace, so that many inputs can go through a door at once. */
function apart(name: string, resources: readonly MapValue[], namespace: string): Input {
  const moved = resources.map((resource) => {
    const { metadata, ...rest } = resource;
    const home = { namespace: 'tidb', ...(isMap(metadata) ? metadata : {}) };
    return inNamespace({ ...rest, metadata: home }, namespace);
  });
  const sorted = moved.map((resource) => withSortedKeys(resource)).filter(isMap);
  return { name, text: styledStream(sorted, new Choices([])), titles: sorted.map(titleOf) };
}

export function inNamespace(value: MapValue, namespace: string): MapValue {
  const moved = (field: string, inner: Value): Value => {
    if (Array.isArray(inner)) return inner.map((item) => moved('', item));
    if (isMap(inner)) return inNamespace(inner, namespace);
    if (field !== 'namespace' || typeof inner !== 'string' || inner === '') return inner;
    return inner === 'tidb' ? namespace : `${namespace}-${inner}`;
  };
  const result: MapValue = {};
  for (const [field, inner] of Object.entries(value)) setOwn(result, field, moved(field, inner));
  return result;
}

/** Sorts keys as kustomize does: some messages show their order. */
function withSortedKeys(value: Value): Value {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, withSortedKeys(inner)]));
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Directories of whole resources; overlays also have patches. */
const EXAMPLES = ['autoscale', 'kpt', 'kustomize/base', 'operator', 'plain', 'repository', 'secure'];

/** What the examples are made of, and every file of the fixtures that is a stream with a TidbCluster. */
function streams(): [name: string, documents: readonly string[]][] {
  const examples = EXAMPLES.map((name): [string, string[]] => [
    `example ${name}`,
    manifestsUnder(`examples/${name}`),
  ]);
  // kustomize itself refuses a duplicate key, which a file in `reports` has.
  const files = filesUnder('fixtures').filter((file) => !file.startsWith('fixtures/reports/'));
  const fixtures = files.map((file): [string, string[]] => [file, documentsOf(file)]);
  return [...examples, ...fixtures].filter(([, documents]) =>
    documents.some((text) => /^kind: TidbCluster$/m.test(text)),
  );
}

function manifestsUnder(directory: string): string[] {
  return filesUnder(directory).flatMap(documentsOf);
}

function filesUnder(directory: string): string[] {
  const files = readdirSync(`${ROOT}${directory}`, { recursive: true, encoding: 'utf8' }).sort();
  return files
    .filter((file) => /\.ya?ml$/.test(file) && !file.includes('expected'))
    .map((file) => `${directory}/${file}`);
}

/** The resources in a file, without those for tools. */
function documentsOf(file: string): string[] {
  const documents = readFileSync(`${ROOT}${file}`, 'utf8').split(/^---\n/m);
  return documents.filter((text) =>
    /^apiVersion: (?!groups\.|kustomize\.|kpt\.|config\.|builtin)/m.test(text),
  );
}
