import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { crds } from '../src/api/texts.ts';
import { isMap, type MapValue, textAt, type Value } from '../src/list/index.ts';
import { createdUnder, type Refusal } from './support/kubernetes-judge.ts';
import { mergedMap } from './support/render-text.ts';
import { readPart } from './support/resources.ts';
import { readFixture } from './support/table.ts';
import { describeWith, KUBERNETES_JUDGE } from './support/tools.ts';

type Input = { readonly [kind: string]: MapValue | undefined };

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
}

const GROUPS = ['TiKVGroup', 'TiDBGroup'];

const meaning = readFixture<{ base: Input; cases: readonly (Row & Input)[] }>('problems/meaning.yaml');
const structure: { cases: Part[]; right: Part[] } = parse(
  readFileSync('fixtures/problems/structure.yaml', 'utf8'),
);
/** What no CustomResourceDefinition holds back, by the reason. */
const taken = readFixture<{ taken: { readonly [reason: string]: readonly string[] } }>(
  'problems/taken-by-crds.yaml',
).taken;

const DEFINITIONS = parseAllDocuments(crds())
  .map((document): Value => document.toJS())
  .filter(isMap);

describeWith([KUBERNETES_JUDGE], 'the CustomResourceDefinitions of groups', () => {
  test('are taken by the API server, with what their rules may cost', () => {
    const answers = createdUnder(DEFINITIONS.map((definition) => ({ definition, resources: [] })));
    expect(answers.map(({ refused }) => refused)).toEqual(DEFINITIONS.map(() => undefined));
  });

  test('hold back what `validate` refuses, but for what the table says, and why', async () => {
    const mistakes = [...mistakesInMeaning(), ...(await mistakesInStructure())];
    const refused = refusals(mistakes.map(({ group }) => group));
    const through = mistakes.filter((_, index) => refused[index]?.length === 0);
    expect(through.map(({ name }) => name).sort()).toEqual(Object.values(taken).flat().sort());
    expect(mistakes.length).toBeGreaterThan(150);
  });

  test('take what is right', async () => {
    const right = [...rightInMeaning(), ...(await rightInStructure())];
    const refused = refusals(right.map(({ group }) => group));
    const wrong = right.flatMap(({ name }, index) =>
      refused[index]?.length ? [{ name, refused: refused[index] }] : [],
    );
    expect(wrong).toEqual([]);
    expect(right.length).toBeGreaterThan(100);
  });
});

interface Named {
  readonly name: string;
  readonly group: MapValue;
}

function mistakesInMeaning(): Named[] {
  return meaning.cases.flatMap((row) =>
    GROUPS.filter((kind) => row.problems.some(([, place]) => place.startsWith(`${kind} `))).map((kind) => ({
      name: `${kind}: ${row.name}`,
      group: merged(kind, row),
    })),
  );
}

function rightInMeaning(): Named[] {
  return meaning.cases.flatMap(({ name, right = [] }) =>
    right.flatMap((input) =>
      GROUPS.map((kind) => ({ name: `${kind}: not ${name}`, group: merged(kind, input) })),
    ),
  );
}

function merged(kind: string, input: Input): MapValue {
  return mergedMap(meaning.base[kind] ?? {}, input[kind] ?? {});
}

async function mistakesInStructure(): Promise<Named[]> {
  return parts(structure.cases);
}

async function rightInStructure(): Promise<Named[]> {
  return parts(structure.right);
}

async function parts(all: readonly Part[]): Promise<Named[]> {
  const groups = all.filter(({ kind }) => GROUPS.includes(kind));
  return Promise.all(
    groups.map(async ({ name, kind, input, without }) => ({
      name: `${kind}: ${name}`,
      group: (await readPart(kind, input, without)).object,
    })),
  );
}

/** What is wrong with each group to the API server, where it has their definitions. Fields that it drops are wrong. */
function refusals(groups: readonly MapValue[]): (readonly Refusal[])[] {
  const answers = DEFINITIONS.map((definition) => {
    const kind = textAt(definition, 'spec', 'names', 'kind');
    const resources = groups.map((group) => ({ ...group, apiVersion: 'pingcap.com/v1alpha1', kind }));
    return { kind, resources: createdUnder([{ definition, resources }])[0]?.resources ?? [] };
  });
  return groups.map((group, index) => {
    const { refused = [], unknown = [] } =
      answers.find(({ kind }) => kind === group.kind)?.resources[index] ?? {};
    return [...refused, ...unknown.map((field) => ({ field, message: 'unknown' }))];
  });
}
