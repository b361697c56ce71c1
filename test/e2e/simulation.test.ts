import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Controllers } from '../support/controllers.ts';
import { runs } from '../support/runs.ts';
import { histories } from '../support/simulation/histories.ts';
import { type History, Simulation } from '../support/simulation/simulation.ts';
import { CONTROLLERS } from '../support/tools.ts';

describe.skipIf(CONTROLLERS.path === undefined)('no more stores are away than every region tolerates', () => {
  const controllers = new Controllers();
  afterAll(() => controllers.stop());
  const violation = (history: History) => new Simulation(controllers, history).run();

  it('where groups are safe: rolled, scaled in and out, removed and added again, while nodes are drained', async () => {
    await fc.assert(
      fc.asyncProperty(histories(true, ['Argo CD', 'Flux']), async (history) => {
        expect(await violation(history)).toBeUndefined();
      }),
      { numRuns: runs(200) },
    );
  }, 7_200_000);

  it.each([
    ['where they are plain', false, undefined, 1],
    ['without budgets', true, 'budgets', 34],
    ['without what a store does before it stops', true, 'hooks', 4],
    // The seeds are those of histories in which it shows early.
  ] as const)('but not %s', async (_, isSafe, lacks, seed) => {
    const found = await fc.check(
      fc.asyncProperty(histories(isSafe, ['Argo CD', 'Flux']), async (history) => {
        expect(await new Simulation(controllers, history, lacks).run()).toBeUndefined();
      }),
      { seed, numRuns: 1000, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
  });
});
