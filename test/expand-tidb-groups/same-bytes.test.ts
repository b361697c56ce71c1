import fc from 'fast-check';
import { expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { CLUSTER, cluster, resourceList, stream, tidbGroup, tikvGroup } from '../support/basic.ts';
import { Sandbox } from '../support/sandbox.ts';

const EXTRAS = [
  '',
  '  config: {log-level: info, storage: {reserve-space: 1GB}}\n',
  '  config: |\n    log-level = "info"\n',
  '  configUpdateStrategy: RollingUpdate\n',
  '  version: v8.5.6\n  labels: {b: two, a: one}\n',
];

const groups = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('a', 'b', 'hot', 'z9'),
    kind: fc.constantFrom(tikvGroup, tidbGroup),
    of: fc.constantFrom('basic', 'other'),
    extra: fc.constantFrom(...EXTRAS),
  }),
  { selector: ({ name, kind }) => `${kind.name}/${name}`, maxLength: 6 },
);
const repository = groups.map((all) => [
  CLUSTER,
  cluster('other'),
  ...all.map(({ name, kind, of, extra }) => kind(name, of, extra)),
]);

async function bytesOf(input: string): Promise<string> {
  const { output, failed, messages } = await run(Buffer.from(input));
  expect(failed ? messages : []).toEqual([]);
  return [...output].map((piece) => Buffer.from(piece).toString()).join('');
}

test('the same input gives the same bytes, and what came out gives itself', async () => {
  await fc.assert(
    fc.asyncProperty(repository, async (items) => {
      const once = await bytesOf(resourceList(...items));
      expect(await bytesOf(resourceList(...items))).toBe(once);
      const again = await bytesOf(once);
      expect(again.replace(/^results:[\s\S]*/m, '')).toBe(once.replace(/^results:[\s\S]*/m, ''));
    }),
    { numRuns: 100 },
  );
});

/** What differs between machines: where they are, how they speak, and what they are called. */
const MACHINES = [
  { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', HOME: '/nonexistent', HOSTNAME: 'a' },
  { TZ: 'America/St_Johns', LANG: 'C', LC_ALL: 'C', ARGOCD_APP_NAME: 'shop', HOSTNAME: 'b', NO_COLOR: '1' },
];

test('on two machines, from two directories', () => {
  for (const items of fc.sample(repository, { numRuns: 4, seed: 6 })) {
    const [one, other] = MACHINES.map((env) => {
      const sandbox = new Sandbox({ 'in/all.yaml': stream(...items) });
      return sandbox.groups(['render', 'in'], { env });
    });
    expect(one?.status === 0 ? '' : one?.stderr).toBe('');
    expect(other).toEqual(one);
  }
});
