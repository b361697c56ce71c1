import { expect, test } from 'vitest';
import { type Counted, countSteps, growth, LINEAR } from './support/steps/counted.ts';

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
  // What earlier dimensions have left in caches may serve a smaller input and not a larger one: what counts is the
  // dimension in a process of its own.
  for (const dimension of new Set(steep(counted).map((one) => one.dimension))) {
    const alone = await countSteps([dimension]);
    expect(alone.counted.length).toBeGreaterThan(0);
    expect(steep(alone.counted)).toEqual([]);
  }
});

function steep(counted: readonly Counted[]): Counted[] {
  return counted.filter(({ counts }) => growth(counts) > LINEAR);
}
