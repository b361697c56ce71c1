import fc from 'fast-check';
import { expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/run.ts';
import { type Item, openList } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { anyResource } from '../support/any-list.ts';
import { cluster, tidbGroup, tikvGroup } from '../support/basic.ts';
import { readYaml } from '../support/read-yaml.ts';
import { Choices } from '../support/styled/choices.ts';
import { styledList } from '../support/styled/list.ts';

const OWN = 'pingcap.com/v1alpha1';
const MARK = 'groups.pingcap.com/generated-by';

const [BASIC, OTHER] = ['basic', 'other'].map(read);
const GROUPS: readonly MapValue[] = [
  tikvGroup('hot', 'basic'),
  tidbGroup('web', 'basic'),
  tikvGroup('cold', 'other'),
].map((text) => numbered(readYaml(text)[0] ?? {}));

function read(name: string): MapValue {
  return numbered(readYaml(cluster(name))[0] ?? {});
}

/** The parser gives bigints, which the values of a list are only where they must be. */
function numbered(value: MapValue): MapValue {
  return JSON.parse(JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? Number(inner) : inner)));
}

/** Two clusters, three groups and whatever else, in any order. */
const anyInput = fc
  .array(anyResource, { maxLength: 4 })
  .chain((others) => {
    const all = [BASIC ?? {}, OTHER ?? {}, ...GROUPS, ...others];
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  })
  .chain((items) =>
    fc
      .array(fc.nat({ max: 0x3fffffff }), { maxLength: 40 })
      .map((numbers) => ({ items, text: styledList(items, undefined, new Choices(numbers)) })),
  );

async function output(text: string): Promise<string> {
  const { output, messages, failed } = await run(Buffer.from(text));
  expect(failed, messages.join('\n')).toBe(false);
  return Buffer.concat([...output].map((piece) => Buffer.from(piece))).toString();
}

async function itemsOf(text: string): Promise<readonly Item[]> {
  const everything = { reads: () => true, names: () => true, markers: [] };
  return (await openList(undefined, Buffer.from(text), everything, new Problems()))?.items ?? [];
}

/** The mark of what a group comes to. */
function markOf({ kind, name }: Item): string {
  return `${kind}/${name}`;
}

test('a render stays stable, keeps the order of the input, and puts the resources of each group after it', async () => {
  await fc.assert(
    fc.asyncProperty(anyInput, async ({ items, text }) => {
      const first = await output(text);
      expect(await output(first)).toBe(first);

      const made = await itemsOf(first);
      const old = made.filter((item) => item.annotation(MARK) === undefined);
      const wanted = items.map(({ apiVersion, kind }) => [apiVersion, kind]);
      expect(old.map(({ apiVersion, kind }) => [apiVersion, kind])).toEqual(wanted);
      old.forEach((item, index) => {
        if (item.apiVersion !== OWN) expect(item.object).toEqual(items[index]);
      });

      let group = '';
      const counts = new Map<string, number>();
      for (const item of made) {
        const mark = item.annotation(MARK);
        if (mark === undefined) group = item.kind.endsWith('Group') ? markOf(item) : '';
        else {
          expect(mark).toBe(group);
          counts.set(mark, (counts.get(mark) ?? 0) + 1);
        }
      }
      expect(Object.fromEntries(counts)).toEqual({
        // Each has a cluster of its own, and so its stores have a budget of their own.
        'TiKVGroup/hot': 6,
        'TiDBGroup/web': 5,
        'TiKVGroup/cold': 6,
      });
    }),
    { numRuns: 60, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: false },
  );
});
