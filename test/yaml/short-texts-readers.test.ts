import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBlock } from '../../src/yaml/read-block.ts';
import { readDocuments } from '../../src/yaml/read-events.ts';
import { toValue } from '../../src/yaml/to-value.ts';
import { runs } from '../support/runs.ts';
import { describeWith, YAML_READERS } from '../support/tools.ts';
import { formOf, readEverywhere } from '../support/yaml-readers.ts';

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

const anyTokens = fc.array(fc.constantFrom(...TOKENS), { minLength: 1, maxLength: 9 });

/** As the value of a key, and below one. */
const anyText = fc
  .tuple(fc.constantFrom('k: v\nm: ', 'k: v\nm:\n  '), anyTokens)
  .map(([first, tokens]) => first + tokens.join(''));

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
