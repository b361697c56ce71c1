import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOf } from '../support/check-output.ts';
import type { Output } from '../support/every-output.ts';
import { anySpoiling, spoiledOutputs, systemsToSpoil } from '../support/hostile-resources.ts';
import { runs } from '../support/runs.ts';

test('whatever users write, every output is as it should be to those who read it', async () => {
  const bases = await systemsToSpoil();
  const outputs: Output[] = [];
  for (const spoiling of fc.sample(anySpoiling, runs(16))) {
    for (const base of bases) outputs.push(...(await spoiledOutputs(base, spoiling)));
  }
  expect(faultsOf(outputs).slice(0, 10)).toEqual([]);
});
