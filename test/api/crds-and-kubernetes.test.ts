import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { GroupKind } from '../../src/api/index.ts';
import { GROUP_COMPONENTS, isGroupKind } from '../../src/components/index.ts';
import { CODES, NOWHERE, type Path, Problems } from '../../src/problem/index.ts';
import { checkStructure } from '../../src/validate/index.ts';
import { isMap, type MapValue, mapAt, mapsAt, textAt, type Value } from '../../src/yaml/index.ts';
import { anyOfSchema, asRead } from '../support/any-custom-resource.ts';
import { GROUP_CRDS } from '../support/group-crds.ts';
import { createdUnder, type Refusal } from '../support/kubernetes-judge.ts';
import { readYaml } from '../support/read-yaml.ts';
import { mergedMap, problemsOfAll } from '../support/render-text.ts';
import { readPart } from '../support/resources.ts';
import { runs } from '../support/runs.ts';
import { isTaken, mergedCase, readFixture, type Table } from '../support/table.ts';
import { describeWith, KUBERNETES_JUDGE } from '../support/tools.ts';

type Input = { readonly [kind: string]: MapValue | undefined } & { readonly others?: Value };

interface Row {
  readonly name: string;
  readonly problems: readonly (readonly [code: string, place: string, says: string])[];
  readonly right?: readonly Input[];
}

interface Part {
  readonly name: string;
  readonly kind: string;
  readonly without?: string[];
  readonly input: string;
  readonly problems?: readonly { readonly code: string; readonly path: string }[];
}

const meaning = readFixture<{ base: Input; cases: readonly (Row & Input)[] }>('problems/meaning.yaml');
const GROUPS = GROUP_COMPONENTS.map(({ group }) => group.kind);

/** A group of each kind that is right. */
const RIGHT: { readonly [kind: string]: MapValue } = Object.fromEntries(
  GROUP_COMPONENTS.map(({ name, group: { kind } }) => [
    kind,
    meaning.base[kind] ?? plain(readFixture<Table>(`conformance/${name}-group.yaml`).group),
  ]),
);

const structure: { cases: Part[]; right: Part[] } = parse(
  readFileSync('fixtures/problems/structure.yaml', 'utf8'),
);
/** What no CustomResourceDefinition holds back, by the reason. */
const taken = readFixture<{ taken: { readonly [reason: string]: readonly string[] } }>(
  'problems/taken-by-crds.yaml',
).taken;

const DEFINITIONS = loadAll(GROUP_CRDS, { schema: CORE_SCHEMA }).filter(isMap);

describeWith([KUBERNETES_JUDGE], 'the CustomResourceDefinitions of groups', () => {
  test('are taken by the API server, with what their rules may cost', () => {
    const answers = createdUnder(DEFINITIONS.map((definition) => ({ definition, resources: [] })));
    expect(answers.map(({ refused }) => refused)).toEqual(DEFINITIONS.map(() => undefined));
  });

  test('hold back what `validate` refuses, but for what the table says, and why', async () => {
    const mistakes = [...mistakesInMeaning(), ...(await parts(structure.cases.filter(isRefused)))];
    const refused = refusals(mistakes.map(({ group }) => group));
    const through = mistakes.filter((_, index) => refused[index]?.length === 0);
    expect(through.map(({ name }) => name).sort()).toEqual(Object.values(taken).flat().sort());
    expect(mistakes.length).toBeGreaterThan(150);
  });

  test('take what is right', async () => {
    const right = [
      ...rightInMeaning(),
      ...(await parts(structure.right)),
      ...groupsOfTables(),
      ...groupsOfExamples(),
    ];
    const refused = refusals(right.map(({ group }) => group));
    const wrong = right.flatMap(({ name }, index) =>
      refused[index]?.length ? [{ name, refused: refused[index] }] : [],
    );
    expect(wrong.filter(({ name }) => !FRACTIONS.includes(name) && !CLAIMS.includes(name))).toEqual([]);
    expect(right.length).toBeGreaterThan(100);
  });
});

describeWith([KUBERNETES_JUDGE], 'of any group, the definitions', () => {
  const groups = GROUPS.flatMap((kind) => fc.sample(anyGroup(kind), { numRuns: runs(1050) }));
  let refused: readonly (readonly Refusal[])[] = [];
  beforeAll(() => {
    refused = refusals(groups);
  });

  test('refuse what its types and formats do not allow', () => {
    const through = groups.filter((group, index) => {
      const problems = new Problems();
      checkStructure({ object: asRead(group), origin: NOWHERE }, kindOf(group), problems);
      // Keys of maps, and what a config or a zone is, each of two types, no definition can say.
      const isOpen = (path: Path) => path[1] === 'config' || (path[1] === 'zones' && path.length > 2);
      const errors = problems.all.filter(
        ({ severity, part, path = [] }) => severity === 'error' && part !== 'key' && !isOpen(path),
      );
      return errors.length > 0 && refused[index]?.length === 0;
    });
    expect(through.slice(0, 3)).toEqual([]);
  });

  test('take what `validate` takes', async () => {
    let count = 0;
    const wrong: object[] = [];
    for (const [index, group] of groups.entries()) {
      const found = await problemsOfAll([meaning.base.TidbCluster ?? {}, asRead(group)]);
      if (found.some(({ severity, code }) => severity === 'error' || code.startsWith('field-unknown')))
        continue;
      count++;
      // A null that is dropped is no loss.
      const reasons = (refused[index] ?? []).filter(({ message }) => message !== UNKNOWN);
      if (reasons.length > 0) wrong.push({ spec: group.spec, reasons });
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(count).toBeGreaterThan(100);
  });
});

function kindOf({ kind }: MapValue): GroupKind {
  const found = GROUPS.find((one) => one === kind);
  if (found === undefined) throw new Error(`${kind} is no kind of groups`);
  return found;
}

/** A group that is right, and in which one or two fields have any value of their types, or nearly so. */
function anyGroup(kind: string): fc.Arbitrary<MapValue> {
  const definition = DEFINITIONS.find((one) => textAt(one, 'spec', 'names', 'kind') === kind);
  const [version] = mapsAt(definition, 'spec', 'versions');
  const fields = Object.entries(
    mapAt(version, 'schema', 'openAPIV3Schema', 'properties', 'spec', 'properties'),
  );
  const some = fc.subarray(fields, { minLength: 1, maxLength: 2 });
  return some
    .chain((chosen) =>
      fc.tuple(...chosen.map(([name, schema]) => fc.tuple(fc.constant(name), anyOfSchema(schema, 1)))),
    )
    .map((values) => mergedMap(structuredClone(RIGHT[kind] ?? {}), { spec: Object.fromEntries(values) }));
}

/** They have fractions that are not in quotes, and no definition can take those beside texts. */
const FRACTIONS = [
  'TiKVGroup: quantities in all their forms',
  ...GROUP_COMPONENTS.map(({ name }) => `${name}-group: quantities`),
];

/** What is made of claims is a fact; `validate` refuses them all the same. */
const CLAIMS = ['tikv-group: claims', 'tidb-group: claims'];

const UNKNOWN = 'unknown';

interface Named {
  readonly name: string;
  readonly group: MapValue;
}

function mistakesInMeaning(): Named[] {
  return meaning.cases.flatMap((row) =>
    GROUPS.filter((kind) =>
      row.problems.some(([code, place]) => isError(code) && place.startsWith(`${kind} `)),
    ).flatMap((kind) => groupsIn(kind, row).map((group) => ({ name: `${kind}: ${row.name}`, group }))),
  );
}

/** The group of a row: one of the table's own, or the only one of its kind among the others. */
function groupsIn(kind: string, row: Row & Input): MapValue[] {
  if (meaning.base[kind] !== undefined) return [merged(kind, row)];
  const others = mapsAt({ others: row.others ?? null }, 'others').filter((other) => other.kind === kind);
  return others.length === 1 ? others : [];
}

function isError(code: string): boolean {
  return Object.entries(CODES).some(([name, severity]) => name === code && severity === 'error');
}

/** What would never reach the definition has another version. */
function isRefused({ problems = [] }: Part): boolean {
  return problems.some(({ code, path }) => isError(code) && path !== 'apiVersion');
}

/** The groups that all rows begin with, and those that a row changes. */
function rightInMeaning(): Named[] {
  const unchanged = GROUPS.map((kind) => ({ name: kind, group: merged(kind, {}) }));
  const changed = meaning.cases.flatMap(({ name, right = [] }) =>
    right.flatMap((input) =>
      GROUPS.filter((kind) => input[kind] !== undefined).map((kind) => ({
        name: `${kind}: not ${name}`,
        group: merged(kind, input),
      })),
    ),
  );
  return [...unchanged, ...changed];
}

function merged(kind: string, input: Input): MapValue {
  return mergedMap(RIGHT[kind] ?? {}, input[kind] ?? {});
}

/** Parts are merged into groups that are right. */
async function parts(all: readonly Part[]): Promise<Named[]> {
  const groups = all.filter(({ kind }) => isGroupKind(kind));
  return Promise.all(
    groups.map(async ({ name, kind, input, without }) => ({
      name: `${kind}: ${name}`,
      group: mergedMap(sized(kind), (await readPart(kind, input, without)).object),
    })),
  );
}

/** Of the structure alone, a store without a size is right. */
function sized(kind: string): MapValue {
  const { claims } = GROUP_COMPONENTS.find(({ group }) => group.kind === kind) ?? {};
  return claims?.data ? { spec: { requests: { storage: '1Gi' } } } : {};
}

function groupsOfTables(): Named[] {
  return GROUP_COMPONENTS.flatMap(({ name }) => {
    const file = `${name}-group`;
    const table = readFixture<Table>(`conformance/${file}.yaml`);
    return table.cases.filter(isTaken).map((one) => ({
      name: `${file}: ${one.name}`,
      group: plain(mergedCase(table, one).group),
    }));
  });
}

function groupsOfExamples(): Named[] {
  return [
    'kpt/package',
    'kustomize/base',
    'mixed/manifests',
    'operator',
    'plain',
    'repository/manifests',
    'zones/manifests',
  ].flatMap((directory) =>
    readdirSync(`examples/${directory}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .flatMap((file) => readYaml(readFileSync(`examples/${directory}/${file}`, 'utf8')))
      .filter(({ kind }) => isGroupKind(String(kind)))
      .map((group) => ({
        name: `${directory}: ${textAt(group, 'metadata', 'name')}`,
        group: mergedMap({ metadata: { namespace: 'tidb' } }, plain(group)),
      })),
  );
}

/** Without integers that JSON does not have. */
function plain(group: object): MapValue {
  return JSON.parse(JSON.stringify(group, (_, value) => (typeof value === 'bigint' ? Number(value) : value)));
}

/** What is wrong with each group to the API server, where it has their definitions. Fields that it drops are wrong. */
function refusals(groups: readonly MapValue[]): (readonly Refusal[])[] {
  const asked = DEFINITIONS.map((definition) =>
    groups.filter(({ kind }) => kind === textAt(definition, 'spec', 'names', 'kind')),
  );
  const answers = createdUnder(
    DEFINITIONS.map((definition, index) => ({
      definition,
      resources: (asked[index] ?? []).map((group) => ({ ...group, apiVersion: 'pingcap.com/v1alpha1' })),
    })),
  );
  const found = new Map<MapValue | undefined, readonly Refusal[]>();
  for (const [index, { refused: why, resources }] of answers.entries()) {
    if (why !== undefined) throw new Error(JSON.stringify(why));
    for (const [place, { refused = [], unknown = [] }] of resources.entries()) {
      const dropped = unknown.map((field) => ({ field, message: UNKNOWN }));
      found.set(asked[index]?.[place], [...refused, ...dropped]);
    }
  }
  return groups.map((group) => {
    const refused = found.get(group);
    if (refused === undefined) throw new Error(`there is no definition of ${group.kind}`);
    return refused;
  });
}
