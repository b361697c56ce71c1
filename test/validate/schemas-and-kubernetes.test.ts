import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { Item } from '../../src/list/index.ts';
import { type Problem, Problems } from '../../src/problem/index.ts';
import { checkBySchemas, Schemas } from '../../src/validate/schemas/index.ts';
import { isMap, type MapValue, mapAt, mapsAt, textAt } from '../../src/yaml/index.ts';
import { anyOfSchema, asRead } from '../support/any-custom-resource.ts';
import { GROUP_CRDS } from '../support/group-crds.ts';
import { createdUnder, type Refusal } from '../support/kubernetes-judge.ts';
import { partOf, runs } from '../support/runs.ts';
import {
  ARGO_CD_3_5,
  describeWith,
  FLUX_KUSTOMIZE,
  FLUX_SOURCE,
  KUBERNETES_JUDGE,
  OPERATOR_CRDS,
} from '../support/tools.ts';

/** A kind with everything that structural schemas mean and JSON Schema does not. */
const HARD = readFileSync('fixtures/schemas/hard-crd.yaml', 'utf8');

describeWith([KUBERNETES_JUDGE], 'schemas of CustomResourceDefinitions', () => {
  const definitions = [
    HARD,
    GROUP_CRDS,
    ...[ARGO_CD_3_5, FLUX_KUSTOMIZE, FLUX_SOURCE, OPERATOR_CRDS].flatMap(textsOf),
  ]
    .flatMap(documentsOf)
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .map(withoutRules);
  const titled = definitions.map((definition): [string, MapValue] => [
    textAt(definition, 'metadata', 'name'),
    definition,
  ]);

  test.each(partOf(titled))('mean the same of any resource: %s', { timeout: 600_000 }, (name, definition) => {
    const isLarge = JSON.stringify(definition).length > 500_000;
    const count = name === 'hards.example.com' ? 2000 : isLarge ? 15 : 60;
    const resources = mapsAt(definition, 'spec', 'versions').flatMap((version) =>
      fc.sample(anyResource(definition, version), { numRuns: runs(count) }),
    );
    const [answer] = createdUnder([{ definition, resources }]);
    expect(answer?.refused).toBeUndefined();
    const differences = resources.flatMap((resource, index) => {
      const { refused = [], unknown = [] } = answer?.resources[index] ?? {};
      const problems = check(definition, resource);
      const ours = {
        refused: problems.filter(({ code }) => !isUnknown(code)).map(pathOf),
        unknown: problems
          .filter(({ code }) => isUnknown(code))
          .map(pathOf)
          .filter(isTold),
      };
      const theirs = {
        refused: refused.map(({ field }) => tokens(field)),
        unknown: unknown.map(tokens).filter(isTold),
      };
      return [
        ...uncovered(theirs.refused, ours.refused).map((path) => ({
          missed: path,
          because: reasonOf(refused, path),
        })),
        ...uncovered(ours.refused, theirs.refused).map((path) => ({
          invented: path,
          because: shown(problems, path),
        })),
        ...theirs.unknown.filter((path) => !ours.unknown.includes(path)).map((path) => ({ missed: path })),
        ...ours.unknown.filter((path) => !theirs.unknown.includes(path)).map((path) => ({ invented: path })),
      ];
    });
    expect(differences.slice(0, 12)).toEqual([]);
  });
});

function textsOf({ path }: { path: string | undefined }): string[] {
  if (path === undefined) return [];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => /crd|pingcap\.com_|toolkit/.test(file) && /\.yaml$/.test(file) && !/install/.test(file))
    .map((file) => readFileSync(join(path, file), 'utf8'));
}

function documentsOf(text: string): MapValue[] {
  return loadAll(text, { schema: CORE_SCHEMA }).filter(isMap);
}

/** Rules in CEL are not looked at here. */
function withoutRules(value: MapValue): MapValue {
  return JSON.parse(
    JSON.stringify(value, (key, inner) => (key === 'x-kubernetes-validations' ? undefined : inner)),
  );
}

function anyResource(definition: MapValue, version: MapValue): fc.Arbitrary<MapValue> {
  const schema = mapAt(version, 'schema', 'openAPIV3Schema');
  const { apiVersion: _, kind: __, metadata: ___, ...properties } = mapAt(schema, 'properties');
  const apiVersion = `${textAt(definition, 'spec', 'group')}/${textAt(version, 'name')}`;
  const metadata = {
    name: 'a',
    ...(textAt(definition, 'spec', 'scope') === 'Namespaced' && { namespace: 'b' }),
  };
  const kind = textAt(definition, 'spec', 'names', 'kind');
  return anyOfSchema({ ...schema, properties }).map((value) => ({
    ...(isMap(value) ? value : {}),
    apiVersion,
    kind,
    metadata,
  }));
}

function check(definition: MapValue, resource: MapValue): readonly Problem[] {
  let schemas = known.get(definition);
  if (schemas === undefined) {
    schemas = new Schemas();
    schemas.add(Item.of(definition));
    known.set(definition, schemas);
  }
  const problems = new Problems();
  expect(checkBySchemas([Item.of(asRead(resource))], schemas, problems)).toEqual([]);
  return problems.all;
}

const known = new Map<MapValue, Schemas>();

/** The paths that are neither at nor above nor below one of the others. */
function uncovered(paths: readonly string[], others: readonly string[]): string[] {
  if (others.length === 0 || paths.length === 0) return [...paths];
  const these = new Set(others);
  const above = new Set(others.flatMap(upwards));
  return paths.filter((path) => !above.has(path) && !upwards(path).some((one) => these.has(one)));
}

/** A path and all above it, up to ''. */
function upwards(path: string): string[] {
  const steps = path === '' ? [] : path.split('.');
  return [...steps.map((_, index) => steps.slice(0, index + 1).join('.')), ''];
}

/** A path of Kubernetes' as this project joins its own for comparison. */
function tokens(field: string): string {
  return field.replaceAll(/\[([^\]]*)\]/g, '.$1').replace(/^\.|^<nil>$/, '');
}

/** Of what Kubernetes defines itself, a newer version may know the field. */
function isUnknown(code: string): boolean {
  return code.startsWith('field-unknown');
}

/** Of the metadata of a resource in another, Kubernetes tells only until something is wrong there. */
function isTold(path: string): boolean {
  return !path.includes('.metadata.');
}

function pathOf({ path = [] }: Problem): string {
  return path.join('.');
}

function reasonOf(refused: readonly Refusal[], path: string): string | undefined {
  return refused.find(({ field }) => tokens(field) === path)?.message;
}

function shown(problems: readonly Problem[], path: string): string | undefined {
  return problems.find((problem) => pathOf(problem) === path)?.message;
}
