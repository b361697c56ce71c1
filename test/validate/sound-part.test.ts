import { describe, expect, test } from 'vitest';
import { formatPath, type Problem } from '../../src/problem/index.ts';
import { isMap, type MapValue, mapAt } from '../../src/yaml/index.ts';
import { mergedMap, problemsOfAll } from '../support/render-text.ts';
import { inTurn, partOf } from '../support/runs.ts';
import { readFixture } from '../support/table.ts';

const { base, cases } = readFixture<{
  base: { readonly [kind: string]: MapValue };
  cases: readonly { readonly name: string; readonly others?: MapValue[]; readonly [kind: string]: unknown }[];
}>('problems/meaning.yaml');

const inputs = cases.map(({ name, others = [], ...parts }) => {
  const merged = Object.entries(base).map(([kind, object]) => {
    const part = parts[kind];
    return isMap(part) ? mergedMap(object, part) : object;
  });
  return { name, resources: [...merged, ...others] };
});

const isOurs = ({ apiVersion, kind }: MapValue) =>
  apiVersion === 'pingcap.com/v1alpha1' && (kind === 'TidbCluster' || String(kind).endsWith('Group'));

/** Without lines: those of other resources move with a field more, or less. */
const said = ({ code, origin, path = [], message }: Problem) => {
  const text = message.replaceAll(/input\.yaml:\d+/g, 'input.yaml');
  return JSON.stringify([code, origin?.id.kind, origin?.id.name, formatPath(path), text]);
};

const isOf = ({ kind, metadata }: MapValue, { origin }: Problem) =>
  origin?.id.kind === kind && isMap(metadata) && origin?.id.name === metadata.name;

const isAt = (own: string, { path = [] }: Problem) => formatPath(path).startsWith(own);

/** Which Secrets pods need depends on several fields. */
const namesFewer = ({ code }: Problem) => code === 'secret-not-found';

/** The fields of a resource's spec, and of the sections of a TidbCluster. */
function fieldsOf(resource: MapValue): string[][] {
  const spec = mapAt(resource, 'spec');
  return Object.entries(spec).flatMap(([field, value]) => [
    ['spec', field],
    ...(resource.kind === 'TidbCluster' && isMap(value)
      ? Object.keys(value).map((one) => ['spec', field, one])
      : []),
  ]);
}

function withField(resource: MapValue, [step = '', ...rest]: readonly string[]): MapValue {
  const value = rest.length > 0 ? withField(mapAt(resource, step), rest) : [[true]];
  return { ...resource, [step]: value };
}

describe('a field of a wrong type brings no other problem with it', () => {
  test.each(partOf(inputs))('$name', async ({ resources }) => {
    const usual = new Set((await problemsOfAll(resources)).map(said));
    for (const [index, resource] of resources.entries()) {
      if (!isOurs(resource)) continue;
      for (const path of partOf(fieldsOf(resource))) {
        const broken = resources.with(index, withField(resource, path));
        const own = formatPath(path);
        const more = (await problemsOfAll(broken)).filter(
          (problem) =>
            isOf(resource, problem) &&
            !namesFewer(problem) &&
            !usual.has(said(problem)) &&
            !isAt(own, problem),
        );
        expect(more.map(said), own).toEqual([]);
      }
    }
  });
});

describe('an unknown field hides nothing else that is wrong with the resource', () => {
  test.each(inTurn(inputs, 0, 2))('$name', async ({ resources }) => {
    const usual = await problemsOfAll(resources);
    for (const [index, resource] of resources.entries()) {
      if (!isOurs(resource)) continue;
      const broken = resources.with(index, withField(resource, ['spec', 'qqqqqqqqqqq']));
      const found = new Set((await problemsOfAll(broken)).map(said));
      const own = usual.filter((problem) => isOf(resource, problem));
      expect(own.map(said).filter((one) => !found.has(one))).toEqual([]);
    }
  });
});
