import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { readExplanations } from '../../scripts/generate/explanations.ts';
import { validate } from '../../src/cli/validate.ts';
import { openStream } from '../../src/list/index.ts';
import { CODES, type Code, type Problem, Problems } from '../../src/problem/index.ts';
import { adoptClusters, INTEREST } from '../../src/render/index.ts';
import { explain, firstSentence } from '../../src/report/explain.ts';
import { convertText } from '../support/convert.ts';
import { Sandbox } from '../support/sandbox.ts';

const PAGE = readFileSync(new URL('../../docs/problems.md', import.meta.url), 'utf8');
const SECTIONS = [...readExplanations(PAGE)].map(([code, text]) => ({ code, text }));

/** The cluster that examples without one are about. */
const [CLUSTER = ''] = examplesIn(PAGE).map(({ input }) => input);

interface Example {
  /** What stands behind `yaml` where the fence opens: how to run it. */
  readonly command: string;
  readonly input: string;
}

function examplesIn(text: string): Example[] {
  return [...text.matchAll(/^```yaml *(.*)\n([\s\S]*?)^```$/gm)].map(([, command = '', input = '']) => ({
    command,
    input,
  }));
}

test('every code has a section, in the order of the codes, and every section a code', () => {
  expect(SECTIONS.map(({ code }) => code)).toEqual(Object.keys(CODES));
});

describe.each(SECTIONS)('the section on $code', ({ code, text }) => {
  const [example = { command: '', input: '' }, ...more] = examplesIn(text);

  test('says what the code means, shows one input, and says how to mend it', () => {
    const severity = CODES[code as Code];
    const [heading, meaning = '', ...rest] = text.replace(/^```[\s\S]*?^```$/gm, 'EXAMPLE').split('\n\n');
    expect(heading).toBe(`### \`${code}\``);
    expect(meaning.toLowerCase().startsWith(`${severity}. `)).toBe(true);
    expect(rest).toEqual(['EXAMPLE', expect.stringMatching(/\.\)?$/)]);
    expect(more).toEqual([]);
  });

  test('has an input that shows it, and no other error or warning', async () => {
    expect(await codesOf(example)).toEqual([code]);
  });

  test('is what `tidb-groups explain` knows', () => {
    const { section, meaning = '', advice } = explain(code) ?? {};
    expect(section).toBe(text);
    for (const part of [meaning, advice, firstSentence(meaning)]) expect(part).toMatch(/^[^\n]{10,}[.)]$/);
  });
});

async function codesOf({ command, input }: Example): Promise<string[]> {
  if (command === 'function') {
    const { messages } = await run(Buffer.from(input));
    return messages.map((message) => /\[([a-z0-9-]+)\]$/.exec(message)?.[1] ?? message);
  }
  if (command === 'adopt') {
    const problems = new Problems();
    const items = await openStream('input.yaml', Buffer.from(input), INTEREST, problems);
    await adoptClusters(items, problems);
    return worstOf(problems.all);
  }
  if (command === 'convert') return worstOf((await convertText(input)).problems);
  if (command === 'render -o') {
    const { stderr } = new Sandbox({ 'input.yaml': input }).groups(['render', '-o', 'out', 'input.yaml']);
    return [...stderr.matchAll(/\[([a-z0-9-]+)\]$/gm)].map(([, found = '']) => found);
  }
  if (command === 'sql') {
    const sandbox = new Sandbox({ 'input.yaml': `${CLUSTER}---\n${input}` });
    const { stderr } = sandbox.groups(['sql', 'input.yaml']);
    return [...stderr.matchAll(/\[([a-z0-9-]+)\]$/gm)].map(([, found = '']) => found);
  }
  const needsCluster = /^kind: \w+Group$/m.test(input) && !/^kind: TidbCluster$/m.test(input);
  const sandbox = new Sandbox({ 'input.yaml': needsCluster ? `${CLUSTER}---\n${input}` : input });
  const { report } = await validate([sandbox.path('input.yaml')], {
    strict: false,
    rendered: command.includes('--rendered'),
  });
  return worstOf(report.problems);
}

/** Infos count only where there is nothing else. */
function worstOf(problems: readonly Problem[]): string[] {
  const infos = problems.every(({ severity }) => severity === 'info');
  return problems.filter(({ severity }) => infos || severity !== 'info').map(({ code }) => code);
}
