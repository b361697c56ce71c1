import { expect, test } from 'vitest';
import { countSteps, growth, LINEAR } from './support/steps/counted.ts';

test('every command takes steps in proportion to what there is, of anything that there can be more of', {
  timeout: 600_000,
}, async () => {
  const { status, stderr, counted } = await countSteps();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  // A dimension in which nothing grows would prove nothing.
  const grows = new Set(
    counted.filter(({ counts: [once, twice] }) => twice > once).map((one) => one.dimension),
  );
  expect(counted.filter(({ dimension }) => !grows.has(dimension))).toEqual([]);
  expect(counted.filter(({ counts }) => growth(counts) > LINEAR)).toEqual([]);
});
