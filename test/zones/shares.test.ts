import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharesOf } from '../../src/zones/shares.ts';

const zones = fc
  .array(fc.option(fc.nat(6), { nil: undefined }), { minLength: 1, maxLength: 6 })
  .map((all) =>
    all.map((replicas, index) => ({ name: `z${index}`, ...(replicas !== undefined && { replicas }) })),
  );

test('zones have as many servers as the group, each what it says, and the others the same number', () => {
  fc.assert(
    fc.property(fc.nat(40), zones, (replicas, all) => {
      const shares = sharesOf(replicas, all);
      if (typeof shares === 'string') return;
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(replicas);
      const others = shares.filter((share, index) => {
        const said = all[index]?.replicas;
        if (said !== undefined) expect(share).toBe(said);
        return said === undefined;
      });
      expect(new Set(others).size).toBeLessThanOrEqual(1);
    }),
  );
});

test('a number that they cannot share is told with the nearest that they can', () => {
  let told = 0;
  fc.assert(
    fc.property(fc.nat(40), zones, (replicas, all) => {
      const shares = sharesOf(replicas, all);
      if (typeof shares !== 'string') return;
      told++;
      const [, ...numbers] = /; write (\d+)(?: or (\d+))?/.exec(shares) ?? [];
      const written = numbers.filter((number) => number !== undefined).map(Number);
      expect(written.map((number) => typeof sharesOf(number, all))).not.toContain('string');
      const between = Array.from({ length: 60 }, (_, number) => number)
        .filter((number) => typeof sharesOf(number, all) !== 'string')
        .map((number) => Math.abs(number - replicas));
      expect(Math.min(...written.map((number) => Math.abs(number - replicas)))).toBe(Math.min(...between));
      if (written.length === 2) expect(written.every((number) => number !== replicas)).toBe(true);
    }),
  );
  expect(told).toBeGreaterThan(10);
});
