import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonForYaml } from '../../src/yaml-write/index.ts';
import { runs } from '../support/runs.ts';
import { Sandbox } from '../support/sandbox.ts';
import { formOf, isTyped, readEverywhere } from '../support/yaml-readers.ts';

/** As Python, Java and PHP write JSON, with what they need not escape, or as it stands. */
const WRITERS: readonly ((text: string) => string)[] = [
  JSON.stringify,
  (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  (text) =>
    JSON.stringify(text).replaceAll(
      /[^ -~]/g,
      (odd) => `\\u${odd.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
];

const TEXTS = fc.string({
  unit: fc.constantFrom(
    ...'aé:/\\"{}[], \t\n#',
    '\u007f',
    '\u0085',
    '\u009f',
    '\u2028',
    '\ufeff',
    '\ufffe',
    '🚀',
    'u002f',
  ),
  maxLength: 8,
});

const AROUND = fc.constantFrom('', ' ', '\n', '\t', '\n\t ');

const JSONS = fc
  .tuple(fc.array(fc.tuple(TEXTS, TEXTS), { maxLength: 3 }), AROUND, AROUND, fc.constantFrom(...WRITERS))
  .map(([pairs, before, around, write]) => {
    const entries = pairs.map(([key, value]) => `${write(`k${key}`)}${around}:${around}${write(value)}`);
    return `${before}{"a"${around}: {${entries.join(`${around},${around}`)}}}`;
  });

test('JSON means the same to kubectl where it is read as YAML, and stays as it is where it does anyway', () => {
  const samples = fc.sample(JSONS, { numRuns: runs(4000), seed: 5 });
  const texts = samples.map((text) => `# A comment.\n${jsonForYaml(text) ?? text}\n`);
  const answers = readEverywhere(texts);
  let changed = 0;
  for (const [index, text] of samples.entries()) {
    if (jsonForYaml(text) !== undefined) changed += 1;
    for (const [reader, answer] of answers[index] ?? []) {
      if (reader !== 'kubectl') continue;
      expect({ reader, text, answer }).toEqual({
        reader,
        text,
        answer: { documents: [formOf(JSON.parse(text), isTyped(reader))] },
      });
    }
  }
  expect(changed).toBeGreaterThan(samples.length / 10);
  expect(jsonForYaml('{"a": "é \\u00e9", "b": [1.50]}')).toBeUndefined();
});

test('a manifest in JSON is the same in a rendered stream', () => {
  const map = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","namespace":"db"},"data":{"a":';
  const sandbox = new Sandbox({
    'emoji.json': `${map}"\\ud83d\\ude80 \\/"}}\n`,
    'plain.json': `${map}"\\u00e9"}}\n`,
  });
  const { stdout } = sandbox.groups(['render', 'emoji.json', 'plain.json']);
  expect(stdout).toContain(`${map}"🚀 /"}}\n`);
  expect(stdout).toContain(`${map}"\\u00e9"}}\n`);
});
