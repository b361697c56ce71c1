import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readBlock } from '../../src/yaml/read-block.ts';
import { readDocuments } from '../../src/yaml/read-events.ts';
import { toValue } from '../../src/yaml/to-value.ts';
import { writeFlow, writeMap } from '../../src/yaml-write/write.ts';
import { anyMap, asNumber, asPlain } from '../support/any-value.ts';
import { runs } from '../support/runs.ts';

describe('what is written', () => {
  test('reads the same in YAML 1.1, YAML 1.2 and both of our readers', () => {
    fc.assert(
      fc.property(anyMap, (item) => {
        fc.pre(Object.keys(item).length > 0);
        const yaml = writeMap(item);
        for (const version of ['1.1', '1.2'] as const) {
          expect(parse(yaml, asNumber, { version, intAsBigInt: true, merge: false })).toEqual(asPlain(item));
        }
        const [careful] = readDocuments(yaml);
        expect(careful && toValue(careful)).toEqual(item);
        const quick = readBlock(yaml);
        if (quick !== undefined) expect(toValue(quick)).toEqual(item);
      }),
      { numRuns: runs(2000) },
    );
  });

  test('reads the same in flow style', () => {
    fc.assert(
      fc.property(anyMap, (item) => {
        const [careful] = readDocuments(writeFlow(item));
        expect(careful && toValue(careful)).toEqual(item);
      }),
    );
  });
});
