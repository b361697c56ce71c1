import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Float, type MapValue, type Value } from '../../src/yaml/index.ts';
import { flowEntries } from '../../src/yaml-write/flow-text.ts';
import { writeFlow, writeMap } from '../../src/yaml-write/write.ts';
import { hostileText, hostileUtf8 } from '../support/hostile.ts';
import { inTurn, runs } from '../support/runs.ts';
import { formOf, isTyped, readEverywhere } from '../support/yaml-readers.ts';

/** What is written, and what it says. */
interface Written {
  readonly text: string;
  readonly value: Value;
}

interface Misread {
  readonly reader: string;
  readonly text: string;
  readonly refused?: string;
}

/** What some reader does not take for what it says. */
function misread(written: readonly Written[]): Misread[] {
  const answers = readEverywhere(written.map(({ text }) => text));
  return written.flatMap(({ text, value }, index) =>
    [...(answers[index] ?? [])].flatMap(([reader, answer]) => {
      if ('refused' in answer) return [{ reader, text, refused: answer.refused }];
      const isRight = answer.documents.length === 1 && answer.documents[0] === formOf(value, isTyped(reader));
      return isRight ? [] : [{ reader, text }];
    }),
  );
}

function expectNone(found: readonly Misread[]): void {
  expect(found.slice(0, 3)).toEqual([]);
}

/** A text as key and value, in lists and maps, at several depths, and as a line of others. */
function everywhere(text: string, other: string): MapValue {
  return {
    [`k${text}`]: text,
    [text]: { [text]: [text, [text, { [text]: text }], { a: { [text]: other }, b: [] }] },
    lines: `${text}\n${other}`,
    more: [`${other}\n${text}\n`, { lines: `\n ${text}\n\n` }],
    last: text,
  };
}

const UNITS = [1, 2, 4, 8];

/** The value in block style at some indentation, and in both styles of brackets. */
function everyStyle(value: MapValue, index: number): Written[] {
  const indent = index % 3;
  return [
    { text: writeMap(value, indent, UNITS[index % UNITS.length], ' '.repeat(indent)), value },
    { text: `${writeFlow(value)}\n`, value },
    { text: `a: {${flowEntries(value)}}\n`, value: { a: value } },
  ];
}

/** Libraries for JavaScript make something of these even in quotes. */
const isKey = (text: string) => text !== '<<' && text !== '__proto__';

/** JSON's brackets have no way to write a longer key, but that readers of JSON take it. */
const isShort = (text: string) => text.length < 1000;

describe('what is written is to every reader what was meant:', () => {
  test('any texts in any place', () => {
    const pairs = fc.sample(fc.tuple(hostileUtf8.filter(isKey), hostileUtf8), runs(600));
    expectNone(
      misread(
        pairs.flatMap(([text, other], index) =>
          everyStyle(everywhere(text, other), index).filter((_, style) => style !== 1 || isShort(text)),
        ),
      ),
    );
  });

  test('every character that is no letter, digit or symbol', () => {
    const characters: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      const isOne = code < 0x10000 || (code & 0xffff) >= 0xfffe || (code >= 0xe0000 && code < 0xe0100);
      if (isOne && !/[\p{L}\p{N}\p{S}\p{Co}\p{Surrogate}]/u.test(character)) characters.push(character);
    }
    expect(characters.length).toBeGreaterThan(3000);
    const written: Written[] = [];
    for (let at = 0; at < characters.length; at += 250) {
      const entries = characters.slice(at, at + 250).flatMap((character): [string, Value][] => [
        [character, [character, `a${character}`, `${character}a`, `a${character}b`, `a ${character} b`]],
        [`lines of ${character}`, `a\n${character}\n a${character}b${character}\n`],
      ]);
      written.push(...inTurn(everyStyle(Object.fromEntries(entries), at), at / 250));
    }
    expectNone(misread(written));
  });

  test('numbers, truth values and nulls', () => {
    const scalars = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => new Float(value)),
      fc.integer().map((value) => new Float(value)),
      fc.maxSafeInteger(),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
      fc.constantFrom(true, false, null, 0, new Float(-0), new Float(1e21), new Float(1e-7)),
    );
    const lists = fc.sample(fc.array(scalars, { minLength: 1 }), runs(300));
    expectNone(misread(lists.flatMap((list, index) => everyStyle({ list, last: list[0] ?? null }, index))));
  });

  // Readers of JSON put another character in its place. No reader of ours lets one in.
  test('half a character, unless the reader refuses it', () => {
    const halves = fc
      .sample(hostileText, runs(3000))
      .filter((text) => /\p{Surrogate}/u.test(text) && isKey(text));
    expect(halves.length).toBeGreaterThan(runs(20));
    const written = halves.flatMap((text, index) => everyStyle(everywhere(text, 'b'), index));
    const found = misread(written.filter(({ text }) => !text.startsWith('{')));
    expectNone(found.filter(({ refused }) => refused === undefined));
  });
});
