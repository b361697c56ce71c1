import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBlock } from '../../src/yaml/read-block.ts';
import { readDocuments } from '../../src/yaml/read-events.ts';
import { toValue } from '../../src/yaml/to-value.ts';
import { runs } from '../support/runs.ts';
import { describeWith, YAML_READERS } from '../support/tools.ts';
import { type Answer, formOf, readEverywhere } from '../support/yaml-readers.ts';

/** Whatever means something to a reader of YAML, and what lies between. */
const TOKENS = [
  ...[
    'a',
    'b',
    'a: ',
    'c: ',
    'b:\n',
    '- ',
    '-',
    ':',
    ': ',
    '?',
    '#',
    ' #',
    ',',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
  ],
  ...[' ', '  ', '\n', '\n  ', '\n    ', '\n- ', ' \n', '\n\n', '---', '...', '\\', 'é', '%', '@', '`', '!'],
  ...['|\n', '|-\n', '|+\n', '|2\n', '|1\n', '>', '&a ', '*a', '=', '_'],
];

const HARD_TOKENS = [
  ...['\t', 'k:', '<<: ', '? ', '\\\n', '\r\n', '!!str ', '0x1', '~', '\u00a0', '\\x41', '\\/'],
  ...['"a"', "'b'", '[a]', '{a: b}', '|\n   x\n', '# x\n'],
];

const anyTokens = fc.array(fc.constantFrom(...TOKENS), { minLength: 1, maxLength: 9 });

/** As the value of a key, and below one. */
const anyText = fc
  .tuple(fc.constantFrom('k: v\nm: ', 'k: v\nm:\n  '), anyTokens)
  .map(([first, tokens]) => first + tokens.join(''));

/** The same with more that is special, and in the middle of brackets and quotes. */
const anyHard = fc
  .tuple(
    fc.constantFrom('k: v\nm: ', 'k: v\nm:\n  ', 'm: [', 'm: {', 'm: "', "m: '", '- m: '),
    fc.array(fc.constantFrom(...TOKENS, ...HARD_TOKENS), { minLength: 1, maxLength: 7 }),
    fc.constantFrom('\n', ']\n', '}\n', '"\n', "'\n", '\nz: y\n'),
  )
  .map(([first, tokens, last]) => first + tokens.join('') + last);

const GO = ['go-yaml v2', 'go-yaml v3', 'kubectl'];

function documentsOf(answer: Answer | undefined): string | undefined {
  return answer !== undefined && 'documents' in answer ? answer.documents.join() : undefined;
}

function carefully(text: string): string[] | undefined {
  try {
    return readDocuments(text).map((node) => formOf(toValue(node), false));
  } catch {
    return undefined;
  }
}

describeWith([YAML_READERS], 'a short text', () => {
  test('that the quick reader reads means the same to the careful one, and to Go', () => {
    const texts = fc.sample(anyText, runs(20_000)).filter((text) => readBlock(text) !== undefined);
    const answers = readEverywhere(texts);
    const wrong = texts.flatMap((text, index) => {
      const node = readBlock(text);
      const quick = node && formOf(toValue(node), false);
      const go = answers[index]?.get('go-yaml v2');
      const isSame = go !== undefined && 'documents' in go && go.documents.join() === quick;
      return isSame && carefully(text)?.join() === quick
        ? []
        : [{ text, quick, careful: carefully(text), go }];
    });
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(texts.length).toBeGreaterThan(runs(500));
  });

  test("that all of Go's readers read alike means the same to the careful reader, or is refused", () => {
    // To kubectl any line that begins with three dashes separates documents.
    const texts = fc.sample(anyHard, runs(30_000)).filter((text) => !/^---/m.test(text));
    const answers = readEverywhere(texts);
    let accepted = 0;
    const wrong = texts.flatMap((text, index) => {
      const all = GO.map((name) => documentsOf(answers[index]?.get(name)));
      const ours = carefully(text)?.join();
      if (ours === undefined || all.includes(undefined) || all[0] !== all[1]) return [];
      accepted++;
      // Integers are numbers to kubectl.
      const theirs = documentsOf(answers[index]?.get('kubectl'));
      return ours === theirs ? [] : [{ text, ours, theirs }];
    });
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(accepted).toBeGreaterThan(runs(2000));
  });

  test.each([
    ' ---',
    ' ---\n',
    ' --- a\n',
    ' ---\na: b\n',
    ' ---\n---\na: b\n',
    ' --- : b\n',
    ' --- |\n  a\n',
    '\ufeff ---',
    ' ...\n',
    ' %YAML 1.1\n---\na: b\n',
    ' a: &x b\n c: *x\n',
    ' a: b\nc: !!str d\n',
    ' |1\n  a\n',
    ' - |1\n   a\n',
  ])('whose first line is indented means what it means to Go: %j', (text) => {
    const go = readEverywhere([text])[0]?.get('go-yaml v2');
    expect(carefully(text)).toEqual(go !== undefined && 'documents' in go ? go.documents : undefined);
  });
});
