import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BrokenYaml } from '../../src/yaml/broken-yaml.ts';
import { readDocuments } from '../../src/yaml/read-events.ts';
import { toValue } from '../../src/yaml/to-value.ts';
import { runs } from '../support/runs.ts';
import { formOf, readEverywhere } from '../support/yaml-readers.ts';

/** What may stand between two tokens in brackets. */
const between = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('', ' ') },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom('\n', '\n', '\r\n', ' # c\n', ' # "[\n', "\n# it's {\n", '\n\n'),
        fc.constantFrom('', ' ', '  ', '    ', '\t'),
      )
      .map((parts) => parts.join('')),
  },
);

const word = fc.constantFrom(
  'a',
  'b c',
  "it's",
  '1',
  'x:y',
  '"p"',
  "'q ''r'",
  '"s\\"t"',
  '&n m',
  '!!str 5',
  'u#v',
  '- w',
);

const textInQuotes = fc
  .tuple(
    fc.constantFrom('"', "'"),
    fc.array(fc.constantFrom('a', ' ', '\n', '\n  ', '\n\n', '\n\t', '# b', '[', ': ')),
  )
  .map(([quote, parts]) => `${quote}x${parts.join('')}y${quote}`);

const { flow } = fc.letrec<{ flow: string; list: string; map: string }>((tie) => ({
  flow: fc.oneof({ maxDepth: 3 }, word, textInQuotes, tie('list'), tie('map')),
  list: fc
    .array(fc.tuple(between, tie('flow'), between), { maxLength: 3 })
    .chain((items) => between.map((end) => `[${items.map((parts) => parts.join('')).join()}${end}]`)),
  map: fc
    .array(fc.tuple(between, fc.constantFrom('k', '"l"', 'm n'), between, tie('flow'), between), {
      maxLength: 3,
    })
    .chain((entries) =>
      between.map((end) => {
        const texts = entries.map(
          ([before, key, middle, value, after]) => `${before}${key}:${middle || ' '}${value}${after}`,
        );
        return `{${texts.join()}${end}}`;
      }),
    ),
}));

/** Where there are brackets and quotes in blocks, and where there only seem to be. */
const PLACES: readonly ((one: string, two: string) => string)[] = [
  (one, two) => `a: ${one}\nb: ${two}\n`,
  (one, two) => `- ${one}\n- ${two}\n`,
  (one, two) => `a:\n- b: ${one}\n  c: ${two}\n- d\n`,
  (one, two) => `a:\n  b:\n    ${one}\n  c: # [\n    - - ${two}\n`,
  (one, two) => `a: |\n  it's [\n    {"\nb: ${one}\nc: >-\n\n   '\n\n\nd: ${two}\n`,
  (one, two) => `a: it's [\n  {"b\n\n  'c\nd: ${one}\ne: f # "\ng: ${two}\n`,
  (one, two) => `? ${one}\n: ${two}\n`,
  (one, two) => `a: &x ${one}\nb: !!map ${two}\nc: *x\n`,
  (one, two) => `--- ${one}\n...\n# '\n---\na: ${two}\n`,
  (one, two) => `"a": ${one}\n'b [': ${two}\nc:d: e\n`,
  (one, two) => `  - |2\n     [\n  - ${one}\n  -\n    - ${two}\n  - "\n\n   "\n`,
];

const anyText = fc.tuple(fc.constantFrom(...PLACES), flow, flow).map(([place, one, two]) => place(one, two));

/** What we make of a text; why it is refused, where it is. */
function read(text: string): string {
  try {
    return readDocuments(text)
      .map((node) => formOf(toValue(node), false))
      .join('\n');
  } catch (error) {
    if (error instanceof BrokenYaml) return `refused: ${error.reason}`;
    throw error;
  }
}

test('lines in brackets and quotes are read as Go reads them, however they are indented', {
  timeout: 120_000,
}, () => {
  const texts = fc.sample(anyText, runs(8000));
  const answers = readEverywhere(texts);
  const wrong: { text: string; ours: string; theirs: string }[] = [];
  let accepted = 0;
  for (const [index, text] of texts.entries()) {
    const answer = answers[index]?.get('kubectl');
    if (answer === undefined || 'refused' in answer) continue;
    accepted++;
    const [ours, theirs] = [read(text), answer.documents.join('\n')];
    if (ours !== theirs) wrong.push({ text, ours, theirs });
  }
  expect(wrong.slice(0, 4)).toEqual([]);
  expect(accepted).toBeGreaterThan(runs(1000));
});
