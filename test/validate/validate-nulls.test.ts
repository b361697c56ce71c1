import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { byKind } from '../../src/components/index.ts';
import { openStream } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { INTEREST, render } from '../../src/render/index.ts';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import { partOf, TRIES_ALL } from '../support/runs.ts';

const MIXED = 'examples/mixed/manifests/';

function resourcesOf(file: string): MapValue[] {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  return parseAllDocuments(text)
    .map((document): MapValue | null => document.toJS())
    .filter((resource) => resource !== null);
}

/** Every map with a name of one of its keys, and every list with an index. */
function* placesIn(value: Value): Generator<{ readonly holder: MapValue | Value[]; readonly key: string }> {
  if (!isMap(value) && !Array.isArray(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    yield { holder: value, key };
    yield* placesIn(inner);
  }
}

/** Which places are tried, and more than how many: each resource has more than three. */
const [TRIED, FEWEST] = TRIES_ALL ? ['any place', 3] : ['one of three places', 1];

const OURS = /^(?:TidbCluster|Ti\w+Group|PDGroup|TidbMonitor)$/;

interface Given {
  readonly title: string;
  readonly resource: MapValue;
  /** All resources, this one among them. */
  readonly among: readonly MapValue[];
}

const production = resourcesOf('fixtures/realistic/production.yaml');
const mixed = readdirSync(new URL(`../../${MIXED}`, import.meta.url))
  .filter((file) => file !== 'kustomization.yaml')
  .flatMap((file) => resourcesOf(MIXED + file));

const GIVEN = [production, mixed].flatMap((among) =>
  among
    .filter(({ kind }) => OURS.test(`${kind}`))
    .map((resource): Given => ({ title: `${resource.kind}`, resource, among })),
);

/**
 * Renders the resources once for each of a fourth of the places of one of them, or with `FUZZ_RUNS=all` for each, with the value
 * in it; returns how many places were tried.
 */
async function withEverywhere({ resource, among }: Given, value: (index: number) => Value): Promise<number> {
  const before = among.map((other) => stringify(other, { version: '1.1' }));
  const index = among.indexOf(resource);
  const places = partOf([...placesIn(resource)]);
  for (const [count, { holder, key }] of places.entries()) {
    const place = holder as MapValue;
    const written = place[key] ?? null;
    place[key] = value(count);
    const stream = before.toSpliced(index, 1, stringify(resource, { version: '1.1' })).join('---\n');
    place[key] = written;
    const problems = new Problems();
    const items = await openStream('input.yaml', Buffer.from(stream), INTEREST, problems);
    await expect(render(items, problems), key).resolves.toBeDefined();
  }
  return places.length;
}

test('all kinds of groups are tried', () => {
  const kinds = new Set(GIVEN.map(({ title }) => title));
  expect([...kinds]).toEqual(expect.arrayContaining(['TidbCluster', ...Object.keys(byKind)]));
});

test.each(GIVEN)(
  `a $title with a null in ${TRIED} is judged, as Kubernetes does, and never a crash`,
  async (given) => {
    expect(await withEverywhere(given, () => null)).toBeGreaterThan(FEWEST);
  },
);

const ODD: readonly Value[] = ['', 'x', 3, true, [], {}, [null], { x: null }, [[]], -1, { x: {} }];

test.each(GIVEN.filter(({ among }) => among === mixed))(
  `a $title with a value of another type in ${TRIED} is never a crash`,
  async (given) => {
    // Once around, each place gets one of the values.
    const step = TRIES_ALL ? 1 : ODD.length;
    for (let first = 0; first < ODD.length; first += step) {
      expect(
        await withEverywhere(given, (index) => ODD[(first + index) % ODD.length] ?? null),
      ).toBeGreaterThan(FEWEST);
    }
  },
);

test.each([
  ['PD', { pd: null }, ['pd-missing']],
  ['a reference to another cluster', { cluster: null }, ['store-count']],
])('%s that is null is not there', async (_, spec, codes) => {
  const cluster = {
    apiVersion: 'pingcap.com/v1alpha1',
    kind: 'TidbCluster',
    metadata: { name: 'basic', namespace: 'db' },
    spec: { version: 'v8.5.7', pd: { replicas: 3, requests: { storage: '1Gi' } }, ...spec },
  };
  const group = {
    apiVersion: 'pingcap.com/v1alpha1',
    kind: 'TiKVGroup',
    metadata: { name: 'hot', namespace: 'db' },
    spec: { cluster: { name: 'basic' }, replicas: 2, requests: { storage: '1Gi' } },
  };
  const problems = new Problems();
  const stream = Buffer.from([cluster, group].map((one) => stringify(one)).join('---\n'));
  await render(await openStream('input.yaml', stream, INTEREST, problems), problems);
  expect(problems.all.map(({ code }) => code)).toEqual(codes);
});
