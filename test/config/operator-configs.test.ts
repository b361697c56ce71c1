import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type ConfigProblem, clusterConfig } from '../../src/config/index.ts';
import { type KeyTable, knownKeys, tableOf } from '../../src/config/known-keys.ts';
import { anyMap } from '../support/any-config.ts';
import { anyToml } from '../support/any-toml.ts';
import { configPart } from '../support/config-part.ts';
import { clusterWith, PLACES, renderCluster, type TestedPlace } from '../support/config-places.ts';
import { predicateOf } from '../support/config-problem.ts';
import { asOperated, asOperatedToml, type Operated } from '../support/operator-judge.ts';
import { at } from '../support/read-yaml.ts';
import { inTurn, runs } from '../support/runs.ts';
import { OPERATOR_CRDS, OPERATOR_JUDGE } from '../support/tools.ts';

/** What is an error here though the operator takes it: a null in a list, and what it writes so that no server reads it. */
const STRICTER =
  /must not be null|the character U\+00|letters, digits, dashes, underscores, dots and slashes/;

const isThere = OPERATOR_JUDGE.path !== undefined && OPERATOR_CRDS.path !== undefined;

/** Where a render and the operator are at odds about a TidbCluster; undefined if they are not. */
async function dispute(manifest: string, place: TestedPlace, verdict: Operated): Promise<object | undefined> {
  const { refusedBy, why, written } = verdict;
  const { errors, object } = await renderCluster(manifest);
  if (refusedBy !== undefined) return errors.length > 0 ? undefined : { manifest, refusedBy, why };
  // What its renderer refuses is held to the renderer.
  if (errors.some((message) => STRICTER.test(message) || /TiDB Operator refuses it$/.test(message)))
    return undefined;
  if (errors.length > 0) return { manifest, errors };
  const [ours, theirs] = [at(object, 'spec', ...place.path), at(written, 'spec', ...place.path)];
  return ours === theirs ? undefined : { manifest, ours, theirs };
}

async function disputes(place: TestedPlace, configs: readonly string[]): Promise<object[]> {
  const manifests = configs.map((config) => clusterWith(place, config));
  const found: object[] = [];
  for (const [index, verdict] of asOperated(manifests).entries()) {
    const one = await dispute(manifests[index] ?? '', place, verdict);
    if (one !== undefined) found.push(one);
  }
  return found;
}

/** Maps with one key each: every key that the operator knows, with each of the values. */
function oneKeyEach(table: KeyTable, values: readonly string[]): string[] {
  return [...table].flatMap(([key, known]) => {
    const inner = typeof known === 'string' || known.holds !== undefined ? undefined : known.keys;
    const own = inner === undefined ? values : ['{}', 'x', '[]', 'null'];
    const below = inner === undefined ? [] : oneKeyEach(tableOf(inner), values);
    return [...own, ...below].map((value) => `{${JSON.stringify(key)}: ${value}}`);
  });
}

describe.skipIf(!isThere)('a config that is a map becomes what the operator makes of it', () => {
  test.each(PLACES)('at spec.$path, whatever is in it', async (place) => {
    const maps = ['{}', ...fc.sample(anyMap(place.name), runs(250))];
    expect((await disputes(place, maps)).slice(0, 3)).toEqual([]);
  });

  test.each(PLACES)('at spec.$path, for every key and type of value', async (place) => {
    const values = ['6.0', '-1', '1.5', '1e+10', '"45"', 'true', '[x]', '{x: y}', 'null'];
    const maps = inTurn(oneKeyEach(knownKeys(place.name) ?? new Map(), values), 0, 16);
    expect((await disputes(place, maps)).slice(0, 3)).toEqual([]);
  });

  test.each(PLACES)('at spec.$path, which it then leaves as it is', async (place) => {
    const maps = fc.sample(anyMap(place.name), runs(160));
    const rendered = await Promise.all(maps.map((config) => renderCluster(clusterWith(place, config))));
    const texts = rendered.flatMap(({ object, errors }) =>
      errors.length > 0 ? [] : [at(object, 'spec', ...place.path)],
    );
    const again = asOperated(texts.map((text) => clusterWith(place, JSON.stringify(text))));
    expect(again.map(({ written }) => at(written, 'spec', ...place.path))).toEqual(texts);
    expect(texts.length).toBeGreaterThan(runs(40));
  });

  test.each(PLACES.filter(({ name }) => name !== 'pump'))(
    'at spec.$path, and keys are said to have no effect where they have none',
    async (place) => {
      const keys = fc.sample(anyMap(place.name), runs(120)).flatMap((config) => keysIn(parse(config)));
      // A key that the operator reads has one type, and takes only one of these.
      const probes = keys.flatMap((path) => [probe(path, '5.5'), probe(path, '{x: [[1]]}')]);
      const verdicts = asOperated(probes.map((config) => clusterWith(place, config)));
      for (const [index, path] of keys.entries()) {
        const [number, map] = [verdicts[2 * index], verdicts[2 * index + 1]];
        const isDropped = number?.refusedBy === undefined && map?.refusedBy === undefined;
        const { dropped } = await renderCluster(clusterWith(place, probe(path, '5.5')));
        expect({ path, said: dropped.length > 0 }).toEqual({ path, said: isDropped });
      }
    },
  );
});

type Steps = readonly (string | number)[];

/** The paths of all keys in a value. */
function keysIn(value: unknown, path: Steps = []): Steps[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    return [...(Array.isArray(value) ? [] : [here]), ...keysIn(inner, here)];
  });
}

/** A config with nothing but a value at that path. */
function probe(path: Steps, value: string): string {
  return path.reduceRight<string>((inner, step) => {
    return typeof step === 'number' ? `[${inner}]` : `{${JSON.stringify(step)}: ${inner}}`;
  }, value);
}

describe.skipIf(!isThere)('text of TOML', () => {
  test('is read as the operator reads it, and refused where it does not', () => {
    const texts = fc.sample(anyToml, runs(10_000));
    const verdicts = asOperatedToml(texts);
    let accepted = 0;
    for (const [index, text] of texts.entries()) {
      const problems: ConfigProblem[] = [];
      const ours = clusterConfig(configPart('pump'), text, (problem) => problems.push(problem));
      const { refused, text: theirs } = verdicts[index] ?? { text: '' };
      const messages = problems.map(predicateOf);
      if (refused !== undefined) expect({ text, refused, messages }).not.toMatchObject({ messages: [] });
      else if (
        !messages.some((message) => STRICTER.test(message) || /must be a time in whole/.test(message))
      ) {
        accepted++;
        expect({ text, messages, ours }).toEqual({ text, messages: [], ours: theirs });
      }
    }
    expect(accepted).toBeGreaterThan(runs(1000));
  });
});
