import { describe, expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/run.ts';
import { type Item, openStream } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { INTEREST, render } from '../../src/render/index.ts';
import { asLines } from '../../src/report/index.ts';
import { CLUSTER, resourceList, stream, tikvGroup } from '../support/basic.ts';
import { COMMANDS, renderedOf } from '../support/every-output.ts';

async function messagesOf(spec: string, cluster = CLUSTER): Promise<{ failed: boolean; messages: string[] }> {
  const list = resourceList(cluster, tikvGroup('hot', 'basic', spec));
  const { failed, messages } = await run(Buffer.from(list));
  return { failed, messages: [...messages] };
}

const DEPTH = 3000;

const DEEP: Readonly<Record<string, string>> = {
  'arrays in arrays': `a = ${'['.repeat(DEPTH)}1${']'.repeat(DEPTH)}`,
  'tables in braces': `a = ${'{a = '.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`,
  'a key with dots': `a${'.a'.repeat(DEPTH)} = 1`,
  'a heading with dots': `[a${'.a'.repeat(DEPTH)}]\nb = 1`,
};

describe('a config that is nested too deep is an error in one line:', () => {
  test.each(Object.entries(DEEP))('%s', async (_, toml) => {
    const ofGroup = await messagesOf(`  config: ${JSON.stringify(toml)}\n`);
    const ofCluster = await messagesOf('', CLUSTER.replace('config: ""', `config: ${JSON.stringify(toml)}`));
    for (const { failed, messages } of [ofGroup, ofCluster]) {
      expect(failed).toBe(true);
      expect(messages.join('\n')).toMatch(
        /^error: .*(?:nested deeper than 500 levels|excessively nested).*$/,
      );
    }
  });

  test('but not what is as deep as YAML may be', async () => {
    const toml = `a${'.a'.repeat(490)} = 1`;
    expect(await messagesOf(`  config: ${JSON.stringify(toml)}\n`)).toMatchObject({ failed: false });
  });
});

test('any number of replicas is only a number', async () => {
  const scaled = (replicas: number, label: string) =>
    stream(
      CLUSTER,
      tikvGroup('hot', 'basic', `  labels: {a: ${label}}\n`).replace(
        /replicas: \d+/,
        `replicas: ${replicas}`,
      ),
    );
  const most = 2_147_483_647;
  for (const [old, now] of [
    [scaled(most, 'one'), scaled(most, 'two')],
    [scaled(most, 'one'), scaled(1, 'two')],
    [scaled(1, 'one'), scaled(most, 'two')],
  ] as const) {
    for (const { outputs } of COMMANDS) {
      for (const { what, text } of await outputs('input.yaml', old, now)) {
        expect({ what, isShort: text.length < 1_000_000 }).toEqual({ what, isShort: true });
      }
    }
  }
  const [table] =
    (await COMMANDS.find(({ name }) => name === 'diff')?.outputs(
      'a',
      scaled(most, 'one'),
      scaled(most, 'two'),
    )) ?? [];
  expect(table?.text).toContain(`hot-tikv-${most - 1}, hot-tikv-${most - 2}, …, hot-tikv-0 (${most} pods)`);
});

describe('the guard', () => {
  const most = 2_147_483_647;
  const scaled = (replicas: number) =>
    stream(CLUSTER, tikvGroup('hot', 'basic').replace(/replicas: \d+/, `replicas: ${replicas}`));

  const itemsOf = (text: string): Promise<Item[]> =>
    openStream('all.yaml', Buffer.from(text), INTEREST, new Problems());

  /** What a render over the render of another says. */
  async function saidOf(before: string, now: string): Promise<string[]> {
    const problems = new Problems();
    const left = await itemsOf(await renderedOf(before));
    await render(await itemsOf(now), problems, undefined, left);
    return asLines(problems.all);
  }

  test.each([
    ['fewer by one', most, most - 1, `stops hot-tikv-${most - 1} `],
    ['all but one', most, 1, `hot-tikv-${most - 1} to hot-tikv-1 `],
    ['none', most, 0, `hot-tikv-${most - 1} to hot-tikv-0 `],
  ])('takes any number of replicas for a number: %s', async (_, before, now, says) => {
    const said = await saidOf(scaled(before), scaled(now));
    expect(said.join('\n')).toContain('`store-scale-in`');
    expect(said.join('\n')).toContain(says);
    expect(said.join('\n').length).toBeLessThan(5000);
  });

  test('takes more of them for no danger', async () => {
    expect(await saidOf(scaled(1), scaled(most))).toEqual([]);
  });
});

test('any number of lines in brackets need no indentation', async () => {
  const lines = (count: number) =>
    `  labels: {\n${Array.from({ length: count }, (_, index) => `a${index}: b,\n`).join('')}  }\n`;
  for (const count of [100, 30_000]) expect(await messagesOf(lines(count))).toMatchObject({ failed: false });
});
