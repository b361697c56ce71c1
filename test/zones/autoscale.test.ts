import { expect, test } from 'vitest';
import { Field, NOWHERE, Problems } from '../../src/problem/index.ts';
import { autoscaleInZone, checkAutoscale } from '../../src/zones/autoscale.ts';

test('zones share the range of an autoscaler, and nothing else of it', () => {
  expect(autoscaleInZone({ min: 3, max: 9, cpu: 70 }, 3)).toEqual({ min: 1, max: 3, cpu: 70 });
});

test.each([
  [{ min: 3, max: 9 }, []],
  [{ min: 2, max: 8 }, ['`min` is 2, the fewest of all servers', '`max` is 8, the most of all servers']],
])('a range that they cannot share is told, with the nearest that they can: %j', (autoscale, told) => {
  const problems = new Problems();
  checkAutoscale(JSON.parse(JSON.stringify({ spec: { autoscale } })), 3, new Field(NOWHERE, problems));
  expect(problems.all.map(({ code, message }) => [code, message])).toEqual(
    told.map((text) => ['zone-replicas', expect.stringContaining(text)]),
  );
  const [first, second] = problems.all.map(({ message }) => message.replace(/.*; /, ''));
  if (told.length > 0) expect([first, second]).toEqual(['write 3', 'write 6 or 9']);
});
