import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { openStream } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { INTEREST, render } from '../../src/render/index.ts';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';

const text = readFileSync(new URL('../../fixtures/realistic/production.yaml', import.meta.url), 'utf8');
const resources = parseAllDocuments(text).map((document): MapValue => document.toJS());

/** Every map with a name of one of its keys, and every list with an index. */
function* placesIn(value: Value): Generator<{ readonly holder: MapValue | Value[]; readonly key: string }> {
  if (!isMap(value) && !Array.isArray(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    yield { holder: value, key };
    yield* placesIn(inner);
  }
}

const OURS = /^(?:TidbCluster|TiKVGroup|TiDBGroup|TidbMonitor)$/;
const ours = resources.filter(({ kind }) => OURS.test(`${kind}`));

test.each(ours.map((resource) => ({ resource, title: `${resource.kind}` })))(
  'a $title with a null in any place is judged, as Kubernetes does, and never a crash',
  async ({ resource }) => {
    const before = resources.map((other) => stringify(other, { version: '1.1' }));
    const index = resources.indexOf(resource);
    let count = 0;
    for (const { holder, key } of placesIn(resource)) {
      const place = holder as MapValue;
      const written = place[key] ?? null;
      place[key] = null;
      const stream = before.toSpliced(index, 1, stringify(resource, { version: '1.1' })).join('---\n');
      place[key] = written;
      const problems = new Problems();
      const items = await openStream('input.yaml', Buffer.from(stream), INTEREST, problems);
      await expect(render(items, problems), key).resolves.toBeDefined();
      count++;
    }
    expect(count).toBeGreaterThan(3);
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
