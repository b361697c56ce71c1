import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readBlock } from '../../src/yaml/read-block.ts';
import { readDocuments } from '../../src/yaml/read-events.ts';
import { toValue } from '../../src/yaml/to-value.ts';

const samples: [name: string, text: string][] = [
  ['block', 'a: 1\nb:\n  c: x # c\n  d:\n  - 1\n  - e: 2\n    f: "q\\n"\n  - - 3\n    - 4\ng:\n'],
  ['literal', 'a: |\n  x\n   y\n\n  z\n\nb: |-\n  q\nc: |+\n  r\n\nd: |2\n   s\ne: 1\n'],
  ['flow', "a: {b: 1, c: [x, 'y''z', {q: \"r\"}], d: e f}\nm: []\nk: {}\n"],
  ['flow lines', 'a: {b: 1,\n  c: 2\n  }\nd: 1\n'],
  ['indented', '    a: 1\n    b:\n        - c\n        -\n          d: 2\n'],
];

describe('the quick reader', () => {
  test.each(samples)('%s', (_name, text) => {
    const node = readBlock(text);
    if (node === undefined) throw new Error('gave up');
    expect(toValue(node)).toEqual(parse(text));
    const [careful] = readDocuments(text);
    if (careful === undefined) throw new Error('nothing');
    expect(toValue(careful)).toEqual(parse(text));
    expect(JSON.parse(JSON.stringify(careful))).toEqual(JSON.parse(JSON.stringify(node)));
  });
});
