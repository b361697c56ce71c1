import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/index.ts';
import { planMarkdown } from '../../src/report/plan-markdown.ts';
import { planTable } from '../../src/report/plan-table.ts';
import { CLUSTER, stream, TIKV_GROUP, tidbGroup } from '../support/basic.ts';
import { planOf } from '../support/plan.ts';

/** A variable of the servers, whatever people write into it. */
const withValue = (value: string) =>
  stream(
    CLUSTER,
    TIKV_GROUP,
    tidbGroup('web', 'basic', `  env: [{name: A, value: ${JSON.stringify(value)}}]\n`),
  );

const plan = (old: string, now: string): Promise<Plan> => planOf(withValue(old), withValue(now));

/** The only HTML that is ours. */
const TAGS = /<\/?(?:details|summary|code)>/g;

/** What stands in code is no markup: spans with fences of any length, and whole blocks. */
function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, 'CODE');
}

function expectSound(markdown: string): void {
  const text = withoutCode(markdown);
  expect(text.replaceAll(TAGS, '')).not.toMatch(/[<>`]/);
  for (const tag of ['details', 'summary', 'code']) {
    expect(text.split(`<${tag}>`).length, tag).toBe(text.split(`</${tag}>`).length);
  }
  // Every row of a table has as many cells as its head: no value ends a cell.
  for (const [block] of markdown.matchAll(/(?:^\|.*\|\n)+/gm)) {
    const cells = block
      .trimEnd()
      .split('\n')
      .map((row) => row.split(/(?<!\\)\|/).length);
    expect(new Set(cells).size, block).toBe(1);
  }
}

describe('what people write stays text in the Markdown', () => {
  test.each([
    ['a bar', 'a|b'],
    ['back-quotes', '`a` ``b'],
    ['HTML', '</code></details><script>alert(1)</script>'],
    ['a mention and a link', '@team [a](https://example.com) https://example.com'],
    ['lines', 'a\n\n# b\n| c |\n'],
    ['a backslash before a bar', 'a\\|b'],
    ['what turns the direction of writing', 'a\u202eb'],
  ])('%s', async (_, value) => {
    const markdown = planMarkdown(await plan('a', value));
    expectSound(markdown);
    expect(markdown).toContain('| `TiDBGroup db/web` | restarted | `spec.env[A].value` |');
    expect(markdown).not.toContain('\u202e');
  });

  test('and so does anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom(...'|`\\<>&@[]()#*_~\n ab') }), async (value) => {
        fc.pre(value !== 'a');
        expectSound(planMarkdown(await plan('a', value)));
      }),
      { numRuns: 100 },
    );
  });
});

test('the Markdown has the summary first, then dangers, and folds all detail away', async () => {
  const now = withValue('b').replace(
    'replicas: 3\n  requests:\n    storage: 200Gi',
    'replicas: 2\n  requests:\n    storage: 200Gi',
  );
  const markdown = planMarkdown(await planOf(withValue('a'), now));
  const outline = markdown.split('\n').flatMap((line) => {
    const [found] = /^### .*|^\| Workload .*|^\*\*⛔ [a-z-]+\*\*|<summary>.*<\/summary>/.exec(line) ?? [];
    return found === undefined ? [] : [found.replace(/<\/?summary>/g, '')];
  });
  expect(outline).toEqual([
    '### ⛔ 1 danger; 4 workloads: 1 restarted, 1 scaled, 2 unchanged',
    '| Workload | What happens | Because of |',
    '**⛔ store-scale-in**',
    'What to do instead',
    'How to confirm it, if you mean all of this',
    'Restarts, in order',
    'TiKVGroup db/hot',
    'TiDBGroup db/web',
    'Beside the workloads',
    '2 unchanged',
  ]);
});

describe('the table', () => {
  test('holds nothing that a terminal would act on', async () => {
    const shown = planTable(await plan('a', 'b\u001b[2Jc\u009b\r\u202e'), { colors: false });
    expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  test('has the same text with colors and without', async () => {
    const made = await plan('a', 'b');
    const plain = planTable(made, { colors: false });
    const colored = planTable(made, { colors: true });
    expect(colored).not.toBe(plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what colors are made of.
    expect(colored.replaceAll(/\u001b\[[\d;]*m/g, '')).toBe(plain);
  });

  test('keeps a command in one piece, to be copied', async () => {
    const now = withValue('a').replace(
      'replicas: 3\n  requests:\n    storage: 200Gi',
      'replicas: 2\n  requests:\n    storage: 200Gi',
    );
    const lines = planTable(await planOf(withValue('a'), now), { colors: false }).split('\n');
    for (const line of lines) expect(line.split('`').length % 2, line).toBe(1);
    expect(lines.filter((line) => line.includes('`') === false && line.length > 100)).toEqual([]);
  });
});
